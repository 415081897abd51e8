/** What signing in and each renewal give. */
export interface Tokens {
  accessToken: string;
  /** Seconds from receipt. */
  expiresIn: number;
}
