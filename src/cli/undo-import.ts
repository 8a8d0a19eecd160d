import { randomUUID } from 'node:crypto';
import { undo, type Undone } from '../engine/undo';
import { AskedWrongly } from '../http/auth';
import { slug } from '../kernel/fields';
import type { Settings } from '../puente';
import { streamOf } from '../store/port';
import { ofUndoing as says } from '../words/of-undoing';
import type { Language } from '../words/say';
import { importer, onBus, settled } from './on-bus';
import { opened } from './opened';
import { inWords } from './refusal-in-words';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Why there was nothing to take back; undefined where there was, or where all that was recorded never changes. */
const nothingToUndo = (id: string, { found, events, refused, unchangeable }: Undone) => {
  if (found === 0) return says.no('NOTHING_IMPORTED', { id });
  return events === 0 && refused.length === 0 && found > unchangeable.length ? says.no('TAKEN_BACK_ALREADY', { id }) : undefined;
};

/** @returns the exit code: 1 when something stays that could change, or there was nothing to take back */
export const undoImport = async ({
  settings,
  correlationId,
  authority,
  reason,
  dryRun,
  language,
}: {
  readonly settings: Settings;
  readonly correlationId: string;
  readonly authority: string;
  readonly reason: string;
  readonly dryRun?: true;
  readonly language: Language;
}): Promise<0 | 1> => {
  if (!uuid.test(correlationId)) throw new AskedWrongly(`${correlationId} is not the id of an import: it is printed with every import`);
  if (!slug.test(authority)) throw new AskedWrongly(`${authority} is not the id of a party`);
  return opened(settings, async (puente) => {
    if ((await puente.store.read(streamOf('party', authority), { limit: 1 })).length === 0)
      throw new AskedWrongly(`there is no party ${authority}: the authority is one that is registered`);
    return await onBus(puente, async (execute) => {
      const undoingId = randomUUID();
      const { store, lifecycles } = puente.writing;
      const actor = await puente.vault.actors.actorFor(importer.issuer, importer.subject);
      const { roles } = importer;
      const given = { correlationId, authority, reason, undoingId, ...(dryRun && { dryRun }) };
      const outcome = await undo({ store, lifecycles, execute, actor, roles, ...given });
      if (!dryRun) await settled(puente, execute);
      for (const { stream, error } of outcome.refused) settings.log(`${stream} stays: ${inWords(error, language)}`);
      for (const event of outcome.unchangeable) settings.log(`${event} stays: it never changes, others were decided by it`);
      const nothing = nothingToUndo(correlationId, outcome);
      if (nothing) {
        settings.log(inWords(nothing, language));
        return 1;
      }
      const done = `${outcome.events} facts of ${outcome.streams} streams ${dryRun ? 'would be taken back' : `taken back (undone under ${undoingId})`}`;
      settings.log(`${done}, ${outcome.refused.length} streams refused, ${outcome.unchangeable.length} facts unchangeable`);
      return outcome.refused.length > 0 ? 1 : 0;
    });
  });
};
