/**
 * Gives editors the types of a rule, and needs nothing at run time: a rule is a plain object. (Where kubeplumb is installed, its own `defineRule` does the same.)
 *
 * @type {typeof import('kubeplumb').defineRule}
 */
export const defineRule = (rule) => rule;
