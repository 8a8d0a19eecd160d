import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const src = resolve(__dirname, '../../src');

/** Which folders each folder may look into; what stands at the top of `src` composes them all. */
const mayRead: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  parts: ['kernel'],
  lifecycles: ['parts', 'kernel'],
  store: ['kernel'],
  engine: ['kernel', 'store', 'lifecycles', 'vault'],
  vault: ['kernel', 'store', 'engine'],
  words: ['kernel', 'lifecycles'],
  reading: ['kernel', 'lifecycles', 'parts', 'store', 'engine', 'vault', 'words'],
  monitoring: ['kernel', 'parts', 'lifecycles', 'store', 'engine', 'vault', 'words'],
  out: ['kernel', 'lifecycles', 'parts', 'store', 'engine', 'reading', 'monitoring', 'words'],
  delivery: ['kernel', 'parts', 'lifecycles', 'store', 'engine', 'vault', 'words'],
  http: ['kernel', 'lifecycles', 'parts', 'store', 'engine', 'vault', 'reading', 'monitoring', 'out', 'delivery', 'words'],
  cli: ['kernel', 'lifecycles', 'store', 'engine', 'vault', 'reading', 'monitoring', 'out', 'http', 'words', 'delivery'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => ({
    file,
    folder: file.includes(sep) ? file.slice(0, file.indexOf(sep)) : '',
    text: readFileSync(join(src, file), 'utf8'),
  }));

const importsOf = ({ file, text }: { file: string; text: string }) =>
  [...text.matchAll(/from '([^']+)'/g)]
    .map(([, path]) => path!)
    .map((path) => (path.startsWith('.') ? relative(src, join(src, dirname(file), path)) : path));

describe('the house', () => {
  it.each(Object.keys(mayRead))('%s looks only into the folders below it', (folder) => {
    const wrong = files
      .filter((file) => file.folder === folder)
      .flatMap((file) =>
        importsOf(file)
          .filter(
            (path) =>
              path.startsWith('..') ||
              (path.includes(sep) &&
                mayRead[path.split(sep)[0]!] &&
                path.split(sep)[0] !== folder &&
                !mayRead[folder]!.includes(path.split(sep)[0]!)),
          )
          .map((path) => `${file.file} → ${path}`),
      );
    expect(wrong).toEqual([]);
  });

  it('has no folder without a rule', () => {
    expect([...new Set(files.map(({ folder }) => folder))].filter((folder) => folder !== '' && !mayRead[folder])).toEqual([]);
  });

  it('keeps Nest, SQL and clocks out of the kernel, the parts and the lifecycles', () => {
    const impure = files
      .filter(({ folder }) => ['kernel', 'parts', 'lifecycles'].includes(folder))
      .flatMap((file) => [
        ...importsOf(file)
          .filter((path) => (/^(@nestjs|pg|rxjs)/.test(path) && file.file !== join('kernel', 'fields.ts')) || path === 'node:fs')
          .map((path) => `${file.file} → ${path}`),
        ...(/new Date\(\)|Date\.now\(|Math\.random|randomUUID/.test(file.text) ? [`${file.file} reads a clock or chance`] : []),
      ]);
    expect(impure).toEqual([]);
  });

  it('has no barrels and no names that say nothing', () => {
    expect(
      files.map(({ file }) => file).filter((file) => /(^|[/\\])(index|utils?|helpers?|common|shared|base)(\.ts$|[/\\])/.test(file)),
    ).toEqual([]);
  });

  it('lets parts know nothing of other parts but types and lists of names', () => {
    const parts = files.filter(({ folder }) => folder === 'parts').map(({ file }) => basename(file, '.ts'));
    const entangled = files
      .filter(({ folder }) => folder === 'parts')
      .flatMap((file) =>
        importsOf(file)
          .filter((path) => path.startsWith(`parts${sep}`))
          .map((path) => `${file.file} → ${path}`),
      )
      .filter((edge) => !/themes-of-c1$|course$|components$|sides$|sectors$|party-kinds$|result-levels$/.test(edge))
      // A part may keep some of its own in files beside it, named after it; these know each other.
      .filter((edge) => !parts.some((part) => new RegExp(`^parts.${part}(-[\\w-]+)?\\.ts → parts.${part}-[\\w-]+$`).test(edge)));
    expect(entangled).toEqual([]);
  });
});
