/** The public rule tester, with vitest; what our own rules say keeps to the grammar of messages. */
import { describe, it } from 'vitest';
import type { Rule } from '../../src/lint/rule.ts';
import { ruleTester, type TestRule } from '../../src/testing/rule-tester.ts';
import { inGrammar } from './grammar.ts';

export * from '../../src/testing/rule-tester.ts';

const testTable = ruleTester({ describe, it });
export const testRule: TestRule = (rule, table) => testTable(inGrammar(rule as Rule), table);
