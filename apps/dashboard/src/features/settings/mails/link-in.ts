/** The link in an e-mail: complete where `PUBLIC_URL` is set, else a path of this origin. */
export function linkIn(text: string | null, origin: string): string | undefined {
  const link = /^\s*((?:https?:\/\/\S+)?\/(?:invitation|password-reset)#token=\w+)\s*$/m.exec(
    text ?? '',
  )?.[1];
  return link?.startsWith('/') ? origin + link : link;
}
