import type { en } from './en.js';

const counted = (count: number): string => `${count} ${count === 1 ? 'registro' : 'registros'}`;

export const es: typeof en = {
  began: {
    late: (where) => `${where} ha pasado su plazo de frescura`,
    down: (where) => `no se llega a ${where}`,
    'locked-out': (where) => `${where} rechaza nuestro acceso`,
    quarantined: (where) => `${where} está en cuarentena: sus datos no son los que eran`,
    braked: (where) => `${where} está parado por su freno`,
    held: (where, count) => `${counted(count)} sin avanzar desde hace tiempo: ${where}`,
    conflict: (where, count) => `${counted(count)} en conflicto desde hace tiempo: ${where}`,
    unheard: (where: string) => `sin noticias de la instancia ${where}`,
  },
  cleared: {
    late: (where) => `${where} está de nuevo al día`,
    down: (where) => `se llega de nuevo a ${where}`,
    'locked-out': (where) => `${where} nos deja entrar de nuevo`,
    quarantined: (where) => `${where} ya no está en cuarentena`,
    braked: (where) => `${where} sigue: se soltó su freno`,
    held: (where) => `ya nada espera desde hace tiempo: ${where}`,
    conflict: (where) => `ya ningún conflicto está abierto desde hace tiempo: ${where}`,
    unheard: (where: string) => `hay noticias de nuevo de la instancia ${where}`,
  },
  helps: {
    late: 'Vea qué espera, y si se llega a ambos extremos.',
    down: 'Nada se pierde, y lo que espera sigue por sí solo. Ocúpese de su servidor y de su línea.',
    'locked-out': 'Corrija la contraseña, o desbloquee la cuenta: antes no se intenta nada, pues un intento alargaría el bloqueo.',
    quarantined: 'Alguien debe mirarlo, y después: site accept.',
    braked: 'Se iban a anular más de los que el enlace deja pasar. Mírelo, y después: link release.',
    held: 'Están listados por causa, con lo que ayuda.',
    conflict: 'Alguien debe decir qué valor es el correcto.',
    unheard: 'Lo que se muestra de ella puede haber cambiado. Allí no se pierde nada. Revise su máquina y su línea.',
  },
  test: 'una prueba: los mensajes llegan aquí',
  link: (name) => `el enlace ${name}`,
  route: (from, to) => `de ${from} a ${to}`,
  since: (moment) => `Desde el ${moment}.`,
  over: (from, to) => `Duró del ${from} al ${to}.`,
  once: 'Se le avisa una vez, y una más cuando haya pasado.',
  instance: (name) => `Lo dice el Sync Hub ${name}.`,
};
