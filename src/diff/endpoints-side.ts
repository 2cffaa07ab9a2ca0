/** The endpoints of one side of a comparison, Service by Service. */
import type { Range, SourceFile } from '../manifest/source.ts';

/** The endpoints of one workload, which are alike, or one address that somebody wrote. */
export interface EndpointSet {
  /** `Deployment/web`; absent for an address. */
  readonly workload?: string;
  /** `web×3`, or the address. */
  readonly text: string;
  /** Where connections end; absent for a headless Service without ports. */
  readonly port?: number;
  readonly ready: boolean;
}

export type EndpointAnswer = 'reached' | 'unknown' | 'none';

export interface PortEndpoints {
  /** Empty where the Service's only port has none. */
  readonly name: string;
  /** Of the Service; absent where it is headless and has no ports. */
  readonly port?: number;
  readonly protocol: string;
  readonly sets: readonly EndpointSet[];
  /** Whether there may be more: a placeholder decides. */
  readonly open: boolean;
  /** Who may connect, in the words of `describe`; absent where no NetworkPolicy has a say. */
  readonly admits?: string;
  readonly answer: EndpointAnswer;
  /** Why nobody takes a connection, or why it cannot be told: lower case, no full stop. */
  readonly reason?: string;
}

/** One Service in one unit. */
export interface ServiceEndpoints {
  readonly unit: string;
  readonly namespace: string;
  readonly name: string;
  readonly file: SourceFile;
  readonly range: Range;
  /** `external`: DNS answers with another name, there are no endpoints and no ports. */
  readonly answer: EndpointAnswer | 'external';
  readonly reason?: string;
  readonly ports: readonly PortEndpoints[];
  /** The address families that its endpoints are of. */
  readonly families: readonly string[];
}

/** One side of a comparison. */
export interface EndpointsSide {
  readonly services: readonly ServiceEndpoints[];
  /** The workloads of a unit, as `namespace/Deployment/web`, each with what it runs. */
  readonly workloads: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Services that the API server would not take, as `namespace/name`, and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** All that were read. */
  readonly files: ReadonlySet<string>;
  /** Files that may hold more than was found in them, and why. */
  readonly unread: ReadonlyMap<string, string>;
  /** Parts of a unit that cannot be read offline. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
}
