/** konfig `RecognizedKustomizationFileNames`. */
export const kustomizationNames: readonly string[] = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** Nobody but kustomize reads a file of that name. */
export function isKustomizationFile(path: string): boolean {
  return kustomizationNames.includes(path.slice(path.lastIndexOf('/') + 1));
}
