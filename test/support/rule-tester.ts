/** The public rule tester, with vitest. */
import { describe, it } from 'vitest';
import { ruleTester } from '../../src/testing/rule-tester.ts';

export * from '../../src/testing/rule-tester.ts';
export const testRule = ruleTester({ describe, it });
