/** What all reports of a comparison call things. */
import { addressText } from '../../report/members.ts';
import type { EndpointComparison, PortComparison } from '../compare.ts';
import type { Verdict } from '../verdict.ts';

export const verdictWords: Readonly<Record<Verdict, string>> = {
  equal: 'equal',
  missing: 'missing',
  'not-ready': 'not ready',
  fewer: 'fewer',
  more: 'more',
  extra: 'extra',
  unknown: 'unknown',
};

/** `http 80/TCP` */
export function portText({ name, port, protocol }: PortComparison): string {
  if (port === undefined) return 'no port';
  return `${name === '' ? '' : `${name} `}${port}/${protocol}`;
}

/** `Deployment/web:8080  3 predicted, 1 ready, 2 not ready` */
export function runningText(endpoint: EndpointComparison): string {
  const { predicted, running, notReady, verdict } = endpoint;
  const numbers =
    verdict === 'equal' && String(running) === predicted
      ? `${running} ready`
      : `${predicted} predicted, ${running} ready`;
  return `${placeText(endpoint)}  ${numbers}${notReady === 0 ? '' : `, ${notReady} not ready`}`;
}

export function placeText({ workload, port }: EndpointComparison): string {
  return workload.includes('/')
    ? `${workload}${port === undefined ? '' : `:${port}`}`
    : addressText(workload, port);
}
