/** One server-sent event. */
export interface Told {
  readonly event: string;
  readonly data: string;
}

/** The events that are whole in a text, and what is left of it. Comments keep the line open and say nothing. */
export function eventsIn(text: string): { readonly events: readonly Told[]; readonly rest: string } {
  const parts = text.split('\n\n');
  const rest = parts.pop() ?? '';
  const events = parts.flatMap((part): Told[] => {
    const lines = part.split('\n');
    const of = (name: string): string[] => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    const [event] = of('event');
    return event === undefined ? [] : [{ event, data: of('data').join('\n') }];
  });
  return { events, rest };
}
