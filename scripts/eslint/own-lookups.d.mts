import type { Rule } from 'eslint';

export declare const ownLookups: Rule.RuleModule;
