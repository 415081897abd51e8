/** "lms.northwind.edu", with a port that is not the usual one; an URL that cannot be read as it is. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
