import type { WidgetState } from '@sync-hub/contracts';

/** What is said of a site to anybody. */
export interface WidgetWords {
  readonly states: Readonly<Record<WidgetState['state'], string>>;
  readonly lastGood: string;
  readonly lastAsked: string;
  readonly waiting: string;
  readonly held: string;
  readonly done: string;
  readonly never: string;
  readonly unknown: string;
  readonly asOf: (moment: string) => string;
}

const en: WidgetWords = {
  states: { 'in-step': 'Up to date', 'catching-up': 'Catching up', away: 'Cannot be reached', paused: 'Paused' },
  lastGood: 'Last record that arrived',
  lastAsked: 'Last asked for changes',
  waiting: 'On the way',
  held: 'Wait for somebody',
  done: 'Expected to be done',
  never: 'never',
  unknown: 'not known',
  asOf: (moment) => `As of ${moment}`,
};

const fr: WidgetWords = {
  states: { 'in-step': 'À jour', 'catching-up': 'Rattrape son retard', away: 'Injoignable', paused: 'En pause' },
  lastGood: 'Dernier enregistrement arrivé',
  lastAsked: 'Derniers changements demandés',
  waiting: 'En route',
  held: 'Attendent quelqu’un',
  done: 'Fin prévue',
  never: 'jamais',
  unknown: 'inconnue',
  asOf: (moment) => `État au ${moment}`,
};

const es: WidgetWords = {
  states: { 'in-step': 'Al día', 'catching-up': 'Poniéndose al día', away: 'No se llega a él', paused: 'En pausa' },
  lastGood: 'Último registro que llegó',
  lastAsked: 'Últimos cambios pedidos',
  waiting: 'En camino',
  held: 'Esperan a alguien',
  done: 'Fin previsto',
  never: 'nunca',
  unknown: 'no se sabe',
  asOf: (moment) => `Tal como estaba el ${moment}`,
};

export const WIDGET_WORDS = { en, fr, es } as const;
export type WidgetLanguage = keyof typeof WIDGET_WORDS;

const isKnown = (language: string): language is WidgetLanguage => Object.hasOwn(WIDGET_WORDS, language);

/** The one that the address names, else the first that the reader's browser asks for and is there. */
export function languageFor(named: unknown, accepted = ''): WidgetLanguage {
  const asked = [named, ...accepted.split(',').map((one) => one.trim().slice(0, 2).toLowerCase())];
  return asked.find((one): one is WidgetLanguage => typeof one === 'string' && isKnown(one)) ?? 'en';
}
