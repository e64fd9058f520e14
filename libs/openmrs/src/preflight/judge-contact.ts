import { type Finding, ok, type PreflightFacts, problem, warning } from './preflight.js';

const ADDRESS = 'address';
const CERTIFICATE = 'certificate';

const REASONS: Readonly<Record<string, string>> = {
  refused: 'the connection is refused: no server listens at that host and port. Is Tomcat running, is the port right, does a firewall refuse it?',
  'unknown host': 'the name of the host is not known here. Mend it in baseUrl, or in the DNS of this machine',
  unreachable: 'there is no way to the host from here: a VPN that is down, or a route that is missing',
  'connecting timed out': 'nobody answers at that host: it is off, or a firewall swallows the connection',
  'timed out': 'the connection is made, and no answer comes: the server is overloaded, starting or hanging. Look at its memory and its log',
  'connection lost': 'the connection breaks off: a proxy in between, http spoken to an https port, or a server that restarts',
};

/** Address, encryption and login: what the first request tells. */
export function judgeContact({ baseUrl, contact }: Pick<PreflightFacts, 'baseUrl' | 'contact'>): readonly Finding[] {
  switch (contact.kind) {
    case 'no-answer':
      return contact.reason === CERTIFICATE
        ? [ok(ADDRESS, 'somebody answers'), badCertificate()]
        : [problem(ADDRESS, 'nobody answers', REASONS[contact.reason] ?? 'look at the network between this machine and the site')];
    case 'not-openmrs':
      return [
        problem(
          ADDRESS,
          `what answers is not webservices.rest${contact.status === null ? '' : ` (status ${contact.status})`}`,
          'baseUrl must end with the context path, as in https://emr.example.org/openmrs; the module webservices.rest must be started; and no login page of a proxy may stand before it',
        ),
        encryption(baseUrl),
      ];
    case 'not-let-in':
      return [
        ok(ADDRESS, 'webservices.rest answers'),
        encryption(baseUrl),
        problem(
          'login',
          'the login is refused',
          'mend user name or password; or the account is locked: OpenMRS unlocks it five minutes after the last try, and each further try, this check too, begins the five minutes anew',
        ),
      ];
    case 'let-in':
      return [ok(ADDRESS, 'webservices.rest answers'), encryption(baseUrl), ok('login', 'we are let in')];
  }
}

const badCertificate = (): Finding =>
  problem(
    'encryption',
    'no encryption that can be trusted: a certificate that has expired, is for another name or from an authority that this machine does not know; or plain http where https was due',
    'renew the certificate, mend the address, or give this process the authority’s certificate in a file named by NODE_EXTRA_CA_CERTS',
  );

function encryption(baseUrl: string): Finding {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:') return ok('encryption', 'https, with a certificate that is trusted');
  if (hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')) return ok('encryption', 'none, and none is needed on one machine');
  return warning('encryption', 'none: the password and every record can be read on the way', 'serve OpenMRS by https, or reach it by a VPN alone');
}
