import { readFileSync } from 'node:fs';
import { catalogueFile, generate as catalogue } from '../../scripts/catalogue';
import { generate as schemas, schemaFile } from '../../scripts/schemas';

describe('what is generated and committed', () => {
  it('the catalogue says what the tables say (otherwise: npm run catalogue)', () => {
    expect(readFileSync(catalogueFile, 'utf8')).toBe(catalogue());
  });

  it('the event schemas are those of the interfaces (otherwise: npm run schemas)', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(schemas());
  }, 60_000);
});
