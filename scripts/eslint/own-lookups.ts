/**
 * An ESLint rule: no lookup in a plain object by a name that is only known when the program runs.
 * `labels[key]` finds `constructor` where nobody wrote it, and `record['__proto__'] = x` sets no
 * key; manifests are full of names that strangers chose. A key of a known set (`'ingress' |
 * 'egress'`, `keyof T`, a number) is not such a name.
 */
import type { Rule } from 'eslint';
import ts from 'typescript';

const messages = {
  read:
    'look it up with getOwn(record, key) of src/own.ts, or in a Map: a plain object also ' +
    'answers for what it inherits',
  write:
    'set it with setOwn(record, key, value) of src/own.ts, or in a Map: "__proto__" sets no key',
  in: 'ask Object.hasOwn(record, key): "in" also answers for what the object inherits',
};

/** What the parser gives where files have types. */
interface TypedServices {
  readonly program: ts.Program;
  readonly esTreeNodeToTSNodeMap: { readonly get: (node: object) => ts.Node };
}

export const ownLookups: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages },
  create(context) {
    const services = context.sourceCode.parserServices as unknown as TypedServices;
    const checker = services.program.getTypeChecker();
    const isOpen = (node: object): boolean => {
      const typed = services.esTreeNodeToTSNodeMap.get(node);
      return isAnyName(checker.getTypeAtLocation(typed), checker);
    };
    return {
      MemberExpression(node) {
        if (!node.computed || !isOpen(node.property)) return;
        const { parent } = node;
        if (parent.type === 'UnaryExpression' && parent.operator === 'delete') return;
        const isWritten = parent.type === 'AssignmentExpression' && parent.left === node;
        context.report({ node, messageId: isWritten ? 'write' : 'read' });
      },
      BinaryExpression(node) {
        const { operator, left } = node;
        if (operator !== 'in' || left.type === 'PrivateIdentifier' || left.type === 'Literal')
          return;
        if (isOpen(left)) context.report({ node, messageId: 'in' });
      },
    };
  },
};

// What a type guard has ruled out everything of (`never`) is text all the same when the program
// runs.
const anyName =
  ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Any | ts.TypeFlags.Never;

/** Whether a value of the type may be any text. */
function isAnyName(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.isUnion()) return type.types.some((one) => isAnyName(one, checker));
  if ((type.flags & anyName) !== 0) return true;
  if ((type.flags & ts.TypeFlags.Instantiable) === 0) return false;
  const constraint = checker.getBaseConstraintOfType(type);
  return constraint !== undefined && constraint !== type && isAnyName(constraint, checker);
}
