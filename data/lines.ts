/** Lines of an import: commands to streams, with dates that may be known to a month only. */
export interface Line {
  readonly to: string;
  readonly do: string;
  readonly data: object;
  readonly occurredOn: string;
  readonly id: string;
}

/** How the lines of one source are made, each under an id of its own: `as` tells it from the others of its stream. */
export const lineIn =
  (source: string) =>
  (to: string, command: string, data: object, occurredOn: string, as: string): Line => ({
    ...{ to, do: command, data, occurredOn },
    id: `${source}/${to.slice(to.indexOf('/') + 1)}/${as}`,
  });

/** A file to import, behind what it says of itself. */
export const fileOf = (header: readonly string[], lines: readonly Line[]): string =>
  [...header.map((each) => `// ${each}`.trimEnd()), ...lines.map((each) => JSON.stringify(each)), ''].join('\n');
