import { LinkHere } from '../link-here.js';

/** Leads to the page of her record; she is called by her uuid. */
export function HerRecord({ patient }: { readonly patient: string }) {
  return (
    <LinkHere to={`/records/${patient}`}>
      <code>{patient}</code>
    </LinkHere>
  );
}
