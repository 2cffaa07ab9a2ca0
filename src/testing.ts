/**
 * For tests of rules (`import … from 'kubeplumb/testing'`): tables of manifests with what a rule
 * says of them, run under any test framework. examples/plugin shows it at work.
 */
export { ruleTester, type TestFramework, type TestRule } from './testing/rule-tester.ts';
export {
  type ExpectedError,
  type InvalidCase,
  type RuleCase,
  type RuleTable,
  type ValidCase,
} from './testing/rule-table.ts';
export type { Files } from './testing/lint-files.ts';
export { yaml } from './testing/yaml.ts';
