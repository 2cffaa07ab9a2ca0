/**
 * Why a patch cannot be applied: thrown inside of it, caught where patches are applied; what comes
 * of the object is then not known.
 */
export class Inapplicable extends Error {}
