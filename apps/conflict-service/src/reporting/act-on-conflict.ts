import type { BecameOfAct, ConflictDesk, ConflictOrders } from '@sync-hub/contracts';

type Act = ConflictOrders['acts'][number];

/** Does here what somebody at another instance did to a conflict, by the rules of the desk, and says what became of it. An answer goes by the act's id, so that it is given once however often it is done. */
export async function actOnConflict(desk: ConflictDesk, { id, conflict, by, act }: Act): Promise<BecameOfAct['as']> {
  switch (act.does) {
    case 'answer':
      return (await desk.answer(conflict, { ...act.answer, id, unlessAnswered: act.unlessAnswered ?? false }, by)).kind;
    case 'assign':
      return doneWhere(await desk.assign(conflict, act.owner, by));
    case 'note':
      return doneWhere(await desk.note(conflict, act.text, by));
    case 'dismiss':
      return doneWhere(await desk.dismiss(conflict, act, by));
  }
}

const doneWhere = (isDone: boolean): 'done' | 'not-open' => (isDone ? 'done' : 'not-open');
