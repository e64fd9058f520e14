import type { ConflictDetail } from '@sync-hub/contracts';
import { Ago } from '../ago.js';
import { useSpeech } from '../language/speaking.js';

/** Who changed each end last, and when, with a way there. */
export function WhoChanged({ detail }: { readonly detail: ConflictDetail }) {
  return (
    <div className="ends">
      <End end="parent" detail={detail} />
      <End end="child" detail={detail} />
    </div>
  );
}

function End({ end, detail }: { readonly end: 'parent' | 'child'; readonly detail: ConflictDetail }) {
  const { t } = useSpeech();
  const title = detail.titles[end];
  const { who, label, at } = detail.authors[end];
  const dashboard = detail.dashboards[end];
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className="soft">{t[end]}</span>
      </h2>
      <p>
        {t.changedBy} {at !== null && <Ago at={at} />} {who === null && label === null ? t.byUnknown : t.by(label ?? who ?? '')}
      </p>
      {dashboard !== null && /^https?:/.test(dashboard) && (
        <a className="cds--link" href={dashboard} target="_blank" rel="noreferrer">
          {t.openThere(title)}
        </a>
      )}
    </section>
  );
}
