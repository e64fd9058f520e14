import { judgeAccount } from './judge-account.js';
import { judgeClasses } from './judge-classes.js';
import { judgeClients } from './judge-clients.js';
import { judgeContact } from './judge-contact.js';
import { judgeFeeds } from './judge-feeds.js';
import { judgeManners } from './judge-manners.js';
import { judgeMappings } from './judge-mappings.js';
import { judgeServer } from './judge-server.js';
import { judgeSettings } from './judge-settings.js';
import type { Finding, PreflightFacts, SiteNeeds } from './preflight.js';

/** What is right and what is wrong with a site before anything is written there, in the order in which a person would look. */
export function judgePreflight(facts: PreflightFacts, needs: SiteNeeds): readonly Finding[] {
  const contact = judgeContact(facts);
  if (facts.contact.kind !== 'let-in') return contact;
  return [
    ...contact,
    ...judgeAccount(facts, needs),
    ...judgeServer(facts, needs.teller),
    ...judgeManners(facts, needs),
    ...judgeClasses(facts, needs),
    ...judgeClients(facts, needs),
    ...judgeFeeds(facts.feeds, needs.teller),
    ...judgeMappings(facts, needs),
    ...judgeSettings(facts.settings, needs),
  ];
}
