import { Field } from './field.js';
import type { FieldWords } from './field-process.js';

/** The field's process: does what it is told by its parent, in order, and ends with it. */
type Told = { [Word in keyof FieldWords]: { readonly word: Word; readonly ask: FieldWords[Word]['ask'] } }[keyof FieldWords];

let field: Field | null = null;

async function answerTo(told: Told): Promise<unknown> {
  if (told.word === 'start') {
    field = await Field.start(told.ask);
    return field.addresses;
  }
  if (field === null) throw new Error('the field has not been started');
  switch (told.word) {
    case 'answerIn':
      return field.answerIn(told.ask);
    case 'change':
      return field.change(told.ask);
    case 'changeOne':
      return field.changeOne(told.ask);
    case 'arrived':
      return field.arrived(told.ask);
    case 'writes':
      return field.writes();
    case 'calls':
      return field.calls();
    case 'forget':
      return field.forget();
  }
}

process.on('message', (told: Told) => {
  void answerTo(told)
    .then((answer) => ({ answer: answer ?? null }))
    .catch((error: unknown) => ({ error: error instanceof Error ? error.message : 'unknown' }))
    .then((said) => process.send?.(said));
});
process.once('disconnect', () => process.exit());
