/**
 * Recursive common table expressions that follow merges to their roots: `roots (member, root)`, a row for each member that counts as
 * another. Two officers can merge two parties into each other at once, and a correction can close a circle too: of a circle the merge
 * recorded last is passed over, so that what was known before it stays as it was. The cost grows with the merges, and with how many
 * follow one another.
 * @param merges a query giving `(member, target, recorded)`, each member once; the least `recorded` was recorded first
 */
export const rootsOf = (merges: string): string => `
  merge as materialized (${merges}),
  -- The merges that are reached from each member; distinct, so that a circle ends.
  reached as (
    select member as origin, member, target, recorded from merge
    union
    select reached.origin, merge.member, merge.target, merge.recorded from reached join merge on merge.member = reached.target),
  -- Whoever reaches itself is on a circle, and reaches that alone.
  passed_over as materialized (
    select distinct on (origin) member from reached where origin in (select origin from reached where target = origin) order by origin, recorded desc),
  roots as materialized (
    select distinct reached.origin as member, reached.target as root from reached
    where reached.target <> reached.origin
      and (reached.target in (select member from passed_over) or reached.target not in (select member from merge)))`;
