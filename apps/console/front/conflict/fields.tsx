import type { ConflictField } from '@sync-hub/contracts';
import { useSpeech } from '../language/speaking.js';
import { FieldCard } from './field-card.js';
import { MovingField } from './moving-field.js';
import type { Work } from './use-work.js';
import { Value } from './value.js';

/** What must be answered first, what goes by itself next, and what is equal folded away. */
export function Fields({ work }: { readonly work: Work }) {
  const { t } = useSpeech();
  const of = (...does: readonly ConflictField['does'][]): ConflictField[] => work.detail.fields.filter((field) => does.includes(field.does));
  const [asked, moving, equal, unseen] = [of('ask'), of('to-parent', 'to-child', 'to-both'), of('nothing'), of('unknown')];
  return (
    <>
      {asked.length > 0 && (
        <section aria-labelledby="asked">
          <h2 id="asked">
            {t.toAnswer} <span className="count">{asked.length}</span>
          </h2>
          {asked.map((field) => (
            <FieldCard key={field.path} field={field} work={work} />
          ))}
          {work.isToAnswer && work.detail.conflict.origin !== undefined && <p className="soft elsewhere">{t.ruleElsewhere(work.detail.conflict.origin)}</p>}
        </section>
      )}
      {moving.length > 0 && (
        <section aria-labelledby="moving">
          <h2 id="moving">
            {t.byItself} <span className="count">{moving.length}</span>
          </h2>
          {moving.map((field) => (
            <MovingField key={field.path} field={field} work={work} />
          ))}
        </section>
      )}
      <Folded title={t.equal} fields={equal} />
      <Folded title={t.unseen} fields={unseen} />
    </>
  );
}

function Folded({ title, fields }: { readonly title: string; readonly fields: readonly ConflictField[] }) {
  const { fieldName } = useSpeech();
  if (fields.length === 0) return null;
  return (
    <details className="folded">
      <summary>
        {title} <span className="count">{fields.length}</span>
      </summary>
      <dl>
        {fields.map(({ path, field, item, kind, parent, child }) => (
          <div key={path}>
            <dt>
              {fieldName(field)} {item !== null && <span className="item">{item}</span>}
            </dt>
            <dd>
              <Value side={parent} kind={kind} />
              {parent.value !== child.value && (
                <>
                  {' / '}
                  <Value side={child} kind={kind} />
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
