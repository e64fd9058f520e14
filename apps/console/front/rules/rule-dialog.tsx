import { Button } from '@carbon/react';
import type { ConflictField, ConflictSummary, NewPolicyRule } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Chosen } from '../conflict/choices.js';
import { makeRule, planBulk, Refused } from '../desk.js';
import { Dialog } from '../dialog.js';
import { useSpeech } from '../language/speaking.js';
import { useAct, useMay } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { type Deciding, policyText } from '../words-of-conflict.js';
import { PolicySelect } from './policy-select.js';
import { RunTold } from './run-told.js';
import { useRun } from './use-run.js';

interface RuleDialogProps {
  readonly conflict: ConflictSummary;
  readonly field: ConflictField;
  /** What was chosen for the field: the rule begins from it. */
  readonly chosen: Chosen | undefined;
  readonly close: () => void;
}

/** Always so for this field on this link: what that would decide among what is open, and the button that makes it a rule. */
export function RuleDialog({ conflict, field: { field }, chosen, close }: RuleDialogProps) {
  const { t, ruleName } = useSpeech();
  const [policy, setPolicy] = useState<Deciding>(chosen !== undefined && 'take' in chosen && chosen.take === 'child' ? 'child-wins' : 'parent-wins');
  const { link, category, id } = conflict;
  const client = useQueryClient();
  const person = usePerson();
  const making = useAct('make-rules', {
    mutationFn: ({ by, ...rule }: NewPolicyRule & { readonly by: string }) => makeRule(rule, by),
    onSettled: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });
  const make = (): void => {
    const by = person.demandBeyond(close);
    if (by !== null) making.mutate({ link, category, field, policy, conflict: id, by });
  };
  const isMade = making.isSuccess;
  const act = (
    <Button size="md" disabled={making.isPending || isMade} onClick={make}>
      {t.ruleMake}
    </Button>
  );
  return (
    <Dialog title={t.ruleTitle} close={close} {...(isMade || !making.may ? {} : { act })}>
      <p>
        <strong>{ruleName({ category, field, link })}</strong>
      </p>
      <p>{t.ruleHelp}</p>
      <PolicySelect id="rule-policy" value={policy} disabled={isMade} choose={setPolicy} />
      {isMade ? <Said kind="success" text={t.ruleMade} /> : <WouldDecide asked={{ link, category, field, policy }} />}
      {making.error !== null && <NotMade error={making.error} />}
    </Dialog>
  );
}

/** Looked at anew for each policy. */
function WouldDecide({ asked }: { readonly asked: { readonly link: string; readonly category: string; readonly field: string; readonly policy: Deciding } }) {
  const { t } = useSpeech();
  const may = useMay()('answer-conflicts');
  const planned = useQuery({
    queryKey: ['plan', asked],
    queryFn: () => planBulk(asked),
    enabled: may,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const { run, error } = useRun(planned.data?.id ?? null);
  if (planned.error !== null || error !== null) return <Trouble error={planned.error ?? error} />;
  if (!may) return null;
  if (run === null) return <p className="soft">{t.loading}</p>;
  return <RunTold run={run} />;
}

function NotMade({ error }: { readonly error: unknown }) {
  const { t } = useSpeech();
  if (!(error instanceof Refused)) return <Trouble error={error} />;
  if (error.said.error === 'there') return <Said kind="warning" text={t.ruleThere(policyText(t, error.said.policy ?? ''))} />;
  const [problem] = error.said.problems ?? [];
  return problem !== undefined && 'problem' in problem ? <Said kind="error" text={problem.problem} /> : <Trouble error={error} />;
}
