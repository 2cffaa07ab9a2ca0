/** One side of a comparison, made of a project. */
import { lint, type Project } from '../project/project.ts';
import { faultProblems, type LintReport } from '../report/lint-report.ts';
import type { DiffSide } from './diff-report.ts';
import { SideBuilder } from './side-builder.ts';

export function diffSide(
  project: Project,
  { label, kind, id, ownPath }: Pick<DiffSide, 'label' | 'kind' | 'id' | 'ownPath'>,
  { problems, charts }: Pick<LintReport, 'problems' | 'charts'>,
): DiffSide {
  const { manifests, assumed } = project;
  const builder = new SideBuilder(new Set(assumed.map(({ document }) => document.file)));
  // What a cluster would have.
  const result = lint(project, {
    asMeant: false,
    onPicture: (unit, cluster, unseen) => builder.add(unit, cluster, unseen),
  });
  return {
    label,
    kind,
    ...(id !== undefined && { id }),
    ownPath,
    report: { ...result, problems: [...problems, ...faultProblems(result)], charts },
    endpoints: builder.side(manifests, problems, result),
  };
}
