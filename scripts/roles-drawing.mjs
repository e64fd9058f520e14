import { code, table } from './markdown.mjs';

/** Who may do what, and what each path of the console asks for. */
export function rolesDrawing({ ROLES, PERMITTED, PERMISSIONS, permissionsOf, routes }) {
  const paths = (fits) => routes.filter(({ need }) => need !== undefined && fits(need)).map(({ method, path }) => code(`${method} ${path}`));
  return `<!-- Drawn from libs/contracts/src/accounts/roles.ts and the console's controllers by "npm run draw". Do not edit: change the table. -->

# Who may do what

Every path of the console asks for one permission; one that asks for none is refused to everybody. A token may what it was made for, as far as its account may.
What Sync 2.0 asked for is a privilege of openmrs-module-sync2 1.4; its manual runs and what saved its settings asked for none.

${table(
  ['Permission', 'Which is to', ...ROLES, 'In Sync 2.0'],
  PERMISSIONS.map((one) => [
    code(one),
    PERMITTED[one].may,
    ...ROLES.map((role) => (permissionsOf(role).includes(one) ? 'yes' : '')),
    PERMITTED[one].sync2 === null ? '' : code(PERMITTED[one].sync2),
  ]),
)}

## By path

${table(
  ['Permission', 'Paths'],
  [
    ...PERMISSIONS.map((one) => [code(one), paths(({ permission }) => permission === one).join('<br>')]),
    ['a session of one’s own', paths(({ permission }) => permission === 'own').join('<br>')],
    ['none: they hold nothing of any record', paths(({ permission }) => permission === 'anybody').join('<br>')],
  ],
)}

On the machine itself these are open to whoever is there: ${paths(({ openHere }) => openHere === true).join(', ')}. By name and password with each request, too: ${paths(({ basic }) => basic === true).join(', ')}.
While a password for one sign-in was not changed, nothing but ${paths(({ withOldPassword }) => withOldPassword === true).join(', ')}.
`;
}
