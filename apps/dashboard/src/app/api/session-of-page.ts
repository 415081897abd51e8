import { cookieAdapter } from '../session/cookie-adapter.ts';
import { Session } from '../session/session.ts';

/** The path that the page is served from, without a trailing slash: `''` unless it was built for another base path. */
export const BASE = import.meta.env.BASE_URL.replace(/\/$/, '');

/** The one session of this page. */
export const session = new Session(cookieAdapter(BASE));
