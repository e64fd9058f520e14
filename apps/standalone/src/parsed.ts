import { type ParseArgsConfig, parseArgs } from 'node:util';

type Parsed<Options extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true }>
>;

/** The words and the options of a command; `null` where an option is none of these, or lacks its value: then people are told how it is used. */
export function parsed<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
): { readonly words: readonly string[]; readonly values: Parsed<Options>['values'] } | null {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { words: positionals, values };
  } catch {
    return null;
  }
}
