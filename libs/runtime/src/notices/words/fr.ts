import type { en } from './en.js';

const counted = (count: number): string => `${count} ${count < 2 ? 'enregistrement' : 'enregistrements'}`;

export const fr: typeof en = {
  began: {
    late: (where) => `${where} dépasse son délai de fraîcheur`,
    down: (where) => `${where} est injoignable`,
    'locked-out': (where) => `${where} refuse notre connexion`,
    quarantined: (where) => `${where} est en quarantaine : ses données ne sont plus les mêmes`,
    braked: (where) => `${where} est arrêté par son frein`,
    held: (where, count) => `${counted(count)} en attente depuis longtemps : ${where}`,
    conflict: (where, count) => `${counted(count)} en conflit depuis longtemps : ${where}`,
    unheard: (where: string) => `pas de nouvelles de l’instance ${where}`,
  },
  cleared: {
    late: (where) => `${where} est de nouveau à jour`,
    down: (where) => `${where} est de nouveau joignable`,
    'locked-out': (where) => `${where} nous laisse de nouveau entrer`,
    quarantined: (where) => `${where} n’est plus en quarantaine`,
    braked: (where) => `${where} repart : son frein a été relâché`,
    held: (where) => `plus rien n’attend depuis longtemps : ${where}`,
    conflict: (where) => `plus aucun conflit n’est ouvert depuis longtemps : ${where}`,
    unheard: (where: string) => `l’instance ${where} donne de nouveau des nouvelles`,
  },
  helps: {
    late: 'Voyez ce qui attend, et si les deux bouts sont joignables.',
    down: 'Rien n’est perdu, et ce qui attend repartira tout seul. Voyez son serveur et sa ligne.',
    'locked-out': 'Corrigez le mot de passe, ou débloquez le compte : rien n’est tenté avant, car un essai prolongerait le blocage.',
    quarantined: 'Quelqu’un doit regarder, puis : site accept.',
    braked: 'Il y avait plus d’annulations que le lien n’en laisse passer. Regardez, puis : link release.',
    held: 'Ils sont listés par cause, avec ce qui aide.',
    conflict: 'Quelqu’un doit dire quelle valeur est juste.',
    unheard: 'Ce qui en est montré peut avoir changé. Rien n’y est perdu. Voyez sa machine et sa ligne.',
  },
  test: 'un essai : les messages arrivent ici',
  link: (name) => `le lien ${name}`,
  route: (from, to) => `de ${from} à ${to}`,
  since: (moment) => `Depuis le ${moment}.`,
  over: (from, to) => `Cela a duré du ${from} au ${to}.`,
  once: 'Vous êtes prévenu une fois, et une fois encore quand c’est fini.',
  instance: (name) => `Dit par le Sync Hub ${name}.`,
};
