/** The answer to signing in and to each renewal. */
export interface Tokens {
  accessToken: string;
  /** Seconds from receipt. */
  expiresIn: number;
}
