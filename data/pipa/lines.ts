/** Lines of an import, each under an id of its own. */
export interface Line {
  readonly to: string;
  readonly do: string;
  readonly data: object;
  readonly occurredOn: string;
  readonly id: string;
}

/** @param as tells the line from the others of its stream */
export const line = (to: string, command: string, data: object, occurredOn: string, as: string): Line => ({
  ...{ to, do: command, data, occurredOn },
  id: `pipa/${to.slice(to.indexOf('/') + 1)}/${as}`,
});

export const fileOf = (header: readonly string[], lines: readonly Line[]): string =>
  [...header.map((each) => `// ${each}`.trimEnd()), ...lines.map((each) => JSON.stringify(each)), ''].join('\n');
