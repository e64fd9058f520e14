import type { Kind, Values } from './database.js';
import type { Engine } from './engine.js';
import type { Metadata } from './sample.js';

/** Puts metadata in as if they had been there before the feed module was: no rules, no entries. */
export function seedMetadata(engine: Engine, metadata: Metadata): void {
  engine.seed((tx) => {
    for (const [kind, rows] of Object.entries(metadata)) {
      const line = engine.resources.get(kind as Kind);
      // What the platform does not have it is not given.
      if (line === undefined) continue;
      const made = { ...line.defaults, ...(line.life === 'neither' ? {} : { [line.life]: false }), dateCreated: engine.now() };
      for (const { uuid, owner, ...values } of rows) {
        tx.insert(line.kind, uuid, typeof owner === 'string' ? owner : null, { ...made, ...values });
        if (kind === 'concept') tx.insert('conceptname', nameUuid(uuid), uuid, { ...made, ...nameOfItsOwn(values) });
      }
    }
  });
}

/** What a concept that is put in is called: by its name, in English. */
const nameUuid = (concept: string): string => `${concept.slice(0, 32)}NAME`;
const nameOfItsOwn = ({ name }: Values): Values => ({
  ...{ name: name ?? null, locale: 'en', localePreferred: true },
  ...{ conceptNameType: 'FULLY_SPECIFIED', voided: false },
});
