/** Names of container images. */

/** `registry:5000/shop/web` of `registry:5000/shop/web:1.4@sha256:…`: without tag and digest. */
export function imageName(image: string): string {
  return image.replace(/@.*$/s, '').replace(/:[^/:]*$/, '');
}

/** `nginx:1.27` of `docker.io/library/nginx:1.27`. */
export function lastStep(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
