import { type FeedFlavour, isPublishedWhereConfigured, type Teller } from '@sync-hub/categories';
import { type FeedFact, type Finding, ok, problem, warning } from './preflight.js';

/** fhir2 answers 500 to whoever lacks a privilege (no handler of its own for APIAuthenticationException). */
const FHIR_FIX = 'open it in a browser at /ws/fhir2/R4/, logged in as our account: without the module there is nothing, without a privilege an error';

/** Each feed that is followed: seen or never seen, how large its pages are, of which flavour. Nothing is asked of a site that tells of its changes by itself. */
export const judgeFeeds = (feeds: readonly FeedFact[], teller: Teller): readonly Finding[] =>
  teller === 'webhook'
    ? [
        warning(
          'changes',
          'the site sends them by itself, which nobody can ask it for',
          'save one record there without changing it: status shows within seconds when it last told of one',
        ),
      ]
    : feeds.map((feed) => judgeFeed(feed, teller));

function judgeFeed(feed: FeedFact, flavour: Teller): Finding {
  const check = `feed of ${feed.category}`;
  switch (feed.kind) {
    case 'entries': {
      const pages = feed.perPage === null ? '' : `, ${feed.perPage} entries a page`;
      const seen: FeedFlavour = feed.actionsNamed ? 'generic' : 'bahmni';
      if (seen !== flavour)
        return problem(check, `its entries are of the flavour ${seen}, and the configuration says ${flavour}`, `feed.flavour: ${seen} at this site`);
      return ok(check, `seen, newest entry of ${feed.newest}${pages}, flavour ${seen}`);
    }
    case 'never-had-an-entry':
      return warning(
        check,
        'never had an entry. A feed that is misspelt or switched off there looks the same',
        isPublishedWhereConfigured(feed.category)
          ? 'the module does not publish such records until its configuration names the class (docs/runbooks/going-live.md); what is referred to and missing is fetched all the same'
          : 'save one such record at the site without changing it, and check again: an entry must be there within a minute',
      );
    case 'scanned':
      return ok(check, feed.hasAny ? 'asked of fhir2' : 'asked of fhir2, which has none yet');
    case 'unreadable':
      return problem(
        check,
        `cannot be read (${feed.code})`,
        flavour === 'fhir-lastupdated'
          ? FHIR_FIX
          : feed.code === 'not-allowed'
            ? 'grant Get Global Properties: platforms from 2.6.11 ask for it'
            : 'open it in a browser at /ws/atomfeed/, logged in; the site’s log says what is wrong',
      );
  }
}
