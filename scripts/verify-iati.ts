import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import type { Check } from '../src/cli/checks';
import { exportTo } from '../src/cli/export';
import { settings } from '../src/cli/settings';
import { AskedWrongly } from '../src/http/auth';
import { breaking, type RuleSet } from './iati-rules';

const memory = { initialMemoryPages: 1024, maxMemoryPages: 16_384 };
const document = 'iati.xml';

const text = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AskedWrongly(`${file} cannot be read: ${(error as Error).message}`);
  }
};

/** Against the schema as it was published. */
const valid = async (xml: string, folder: string): Promise<Check> => {
  const file = (fileName: string) => ({ fileName, contents: text(join(folder, fileName)) });
  const { errors } = await validateXML({
    ...{ xml: { fileName: document, contents: xml }, schema: file('iati-activities-schema.xsd') },
    ...{ preload: [file('iati-common.xsd'), file('xml.xsd')], ...memory },
  });
  const activities = xml.split('<iati-activity ').length - 1;
  return {
    name: 'IATI activities against the schema 2.03',
    runs: activities,
    failures: errors.map(({ rawMessage }) => rawMessage),
    seed: null,
  };
};

const ask = async (xml: string, xpath: string): Promise<string> => {
  const { normalized, errors } = await validateXML({
    ...{ xml: { fileName: document, contents: xml }, normalization: 'format', ...memory },
    modifyArguments: () => ['--xpath', xpath, document],
  });
  if (errors.length > 0) throw new Error(`${xpath}: ${errors[0]!.rawMessage}`);
  return normalized.trim();
};
/** One after the other in one question: each starts xmllint anew. */
const askAll = async (xml: string, xpaths: readonly string[]): Promise<readonly string[]> =>
  xpaths.length === 0 ? [] : (await ask(xml, `concat('', ${xpaths.map((each) => `string(${each})`).join(", '|', ")})`)).split('|');

const valuesIn =
  (xml: string) =>
  async (xpath: string): Promise<readonly string[]> => {
    const count = Number(await ask(xml, `count(${xpath})`));
    const values = await askAll(
      xml,
      Array.from({ length: Math.min(count, 2_000) }, (_, i) => `(${xpath})[${i + 1}]`),
    );
    return [...new Set(values)];
  };

/** Against a rule set as it was published: warnings are told beside. */
const keeps = async (xml: string, file: string, today: string): Promise<Check> => {
  const rules = await breaking(JSON.parse(text(file)) as RuleSet, today, valuesIn(xml));
  const judged = rules.flatMap((each) => (each.nodes === undefined ? [] : [{ ...each, nodes: each.nodes }]));
  const counts = await askAll(
    xml,
    judged.map(({ nodes }) => `count(${nodes})`),
  );
  const broken = judged.map((each, i) => ({ ...each, times: Number(counts[i]) })).filter(({ times }) => times > 0);
  const warnings = broken.filter(({ severity }) => severity !== 'error');
  return {
    ...{ name: 'IATI activities against the rule set', runs: judged.length, seed: null },
    failures: broken.filter(({ severity }) => severity === 'error').map(({ id, message, times }) => `${id} ${message} (${times} times)`),
    figures: {
      ...Object.fromEntries(warnings.map(({ id, message, times }) => [`warning ${id} ${message}`, times])),
      'rules that cannot be judged here': rules.length - judged.length,
    },
  };
};

/**
 * Exports what this installation holds to IATI, and holds it against a schema and a rule set that somebody downloaded: none is part of Puente.
 * @throws AskedWrongly where they cannot be read, or nobody said who publishes
 */
export const verifyIati = async (folder: string, rules: string | undefined, log: (line: string) => void): Promise<readonly Check[]> => {
  const asked = settings();
  if (!asked.publisher) throw new AskedWrongly('IATI_ORGANISATION, IATI_ORGANISATION_NAME and IATI_ORGANISATION_TYPE say who publishes');
  const made = mkdtempSync(join(tmpdir(), 'puente-iati-'));
  try {
    const code = await exportTo({ settings: { ...asked, log }, folder: made, format: 'iati', language: 'en' });
    if (code !== 0) throw new AskedWrongly('there is nothing to check');
    const xml = text(join(made, document));
    const today = new Date().toISOString().slice(0, 10);
    return [await valid(xml, folder), ...(rules === undefined ? [] : [await keeps(xml, rules, today)])];
  } finally {
    rmSync(made, { recursive: true });
  }
};
