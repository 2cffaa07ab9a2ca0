/**
 * An ESLint rule: no lookup in a plain object by a name that is only known when the program runs.
 * `labels[key]` finds
 * `constructor` where nobody wrote it, and `record['__proto__'] = x` sets no key; manifests are
 * full of names that strangers chose. A key of a known set (`'ingress' | 'egress'`, `keyof T`, a
 * number) is no such name.
 */
import ts from 'typescript';

const messages = {
  read:
    'look it up with getOwn(record, key) of src/own.ts, or in a Map: a plain object also ' +
    'answers for what it inherits',
  write:
    'set it with setOwn(record, key, value) of src/own.ts, or in a Map: "__proto__" sets no key',
  in: 'ask Object.hasOwn(record, key): "in" also answers for what the object inherits',
};

export const ownLookups = {
  meta: { type: 'problem', schema: [], messages },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const isOpen = (node) =>
      isAnyName(checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node)), checker);
    return {
      MemberExpression(node) {
        if (!node.computed || !isOpen(node.property)) return;
        const { parent } = node;
        if (parent.type === 'UnaryExpression' && parent.operator === 'delete') return;
        const isWritten = parent.type === 'AssignmentExpression' && parent.left === node;
        context.report({ node, messageId: isWritten ? 'write' : 'read' });
      },
      "BinaryExpression[operator='in'][left.type!='PrivateIdentifier']"(node) {
        if (node.left.type !== 'Literal' && isOpen(node.left))
          context.report({ node, messageId: 'in' });
      },
    };
  },
};

// What a type guard has ruled out everything of (`never`) is text all the same when the program
// runs.
const anyName =
  ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Any | ts.TypeFlags.Never;

/** Whether a value of the type may be any text. */
function isAnyName(type, checker) {
  if (type.isUnion()) return type.types.some((one) => isAnyName(one, checker));
  if ((type.flags & anyName) !== 0) return true;
  if ((type.flags & ts.TypeFlags.Instantiable) === 0) return false;
  const constraint = checker.getBaseConstraintOfType(type);
  return constraint !== undefined && constraint !== type && isAnyName(constraint, checker);
}
