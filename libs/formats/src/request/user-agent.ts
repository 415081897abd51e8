/** What receivers see as `User-Agent`: the product and the major and minor of `package.json`'s version. */
export const USER_AGENT = 'Schoolbell/0.1';
