#!/usr/bin/env node
// Prints how often lines of the project run for each application of a repository, and how much
// more often where there are four times as many: no clock is asked, so it says the same everywhere.
//
//   npx tsx bench/operations.ts
import { applications, counted, layouts } from '../test/linear/run.ts';

const sizes = [60, 240, 960] as const;

const counts = await counted(
  Object.fromEntries(
    Object.entries(layouts).flatMap(([name, perNamespace]) =>
      [0, 1].map((at) => [
        `${name} ${at}`,
        [
          applications(sizes[at] ?? 0, perNamespace),
          applications(sizes[at + 1] ?? 0, perNamespace),
        ],
      ]),
    ),
  ),
);

const whole = (runs: number): string => Math.round(runs).toLocaleString('en');

const rows = Object.keys(layouts).flatMap((layout) => {
  const [small, large] = [counts[`${layout} 0`], counts[`${layout} 1`]];
  if (small === undefined || large === undefined) return [];
  const row = (what: string, few: number, some: number, many: number): string =>
    `| ${what} | ${whole(few / sizes[0])} | ${whole(some / sizes[1])} ` +
    `| ${whole(many / sizes[2])} | ${(many / some).toFixed(2)} |`;
  const rooms = Object.entries(large.rooms)
    .filter(([, [, many]]) => many / large.many > 0.02)
    .sort(([, [, a]], [, [, b]]) => b - a)
    .map(([room, [, many]]) => row(`\`${room}\``, ...(small.rooms[room] ?? [0, 0]), many));
  return [row(`**${layout}**`, small.few, small.many, large.many), ...rooms];
});
process.stdout.write(
  `| lines that run for each application of | ${sizes.join(' | ')} | ` +
    `${sizes[2]} : ${sizes[1]} |\n|---|---|---|---|---|\n${rows.join('\n')}\n`,
);
