import type { CheckedUser, SessionRepository, SessionUser } from '@schoolbell/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readRefreshToken, writeRefreshToken } from '@schoolbell/identity';
import { ApiError } from '../http/api-error.js';
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-tokens.js';
import {
  clearCookie,
  DEVICE_COOKIE,
  readCookie,
  REFRESH_COOKIE,
  setCookie,
} from './auth-cookies.js';
import type { KnownDevices } from './known-devices.js';
import type { LoginDocument } from './login-documents.js';
import { visitOf } from './visit-of.js';

/** The parts of a session's tokens. */
interface SessionTokensParts {
  sessions: SessionRepository;
  accessTokens: AccessTokens;
  devices: KnownDevices;
  /** 32 bytes. */
  refreshKey: Buffer;
}

interface Grant {
  user: SessionUser;
  sessionId: string;
  number: number;
}

/** Issues a session's tokens: access tokens in the answer, refresh tokens in a cookie. */
export class SessionTokens {
  constructor(private readonly parts: SessionTokensParts) {}

  /**
   * Opens a session for a user who has proven who they are, and answers as a login does. The device is known from now
   * on.
   *
   * @throws ApiError `invalid_credentials` when the proof is no longer valid
   */
  async open(
    user: CheckedUser,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<LoginDocument> {
    const session = await this.parts.sessions.open(user, visitOf(request));
    if (!session) throw new ApiError('invalid_credentials');
    this.knowDevice(user, request, reply);
    return this.give({ user, sessionId: session.id, number: 0 }, request, reply);
  }

  /** @throws ApiError `session_ended` */
  async refresh(request: FastifyRequest, reply: FastifyReply): Promise<LoginDocument> {
    const token = this.tokenOf(request);
    const outcome = token && (await this.parts.sessions.refresh(token, visitOf(request)));
    if (outcome?.kind === 'refreshed') return this.give(outcome, request, reply);
    clearCookie(request, reply, REFRESH_COOKIE);
    throw new ApiError('session_ended');
  }

  /** Ends the session of the cookie. @returns its UUID; `undefined` when there was none, or it had ended */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    const id = this.tokenOf(request)?.sessionId;
    const ended = id !== undefined && (await this.parts.sessions.signOut(id, visitOf(request)));
    clearCookie(request, reply, REFRESH_COOKIE);
    return ended ? id : undefined;
  }

  /** A known device keeps its id, which has its own count of trials. */
  private knowDevice(user: CheckedUser, request: FastifyRequest, reply: FastifyReply): void {
    const { devices } = this.parts;
    if (devices.idOf(readCookie(request, DEVICE_COOKIE), user) !== undefined) return;
    setCookie(request, reply, DEVICE_COOKIE, devices.tokenFor(user));
  }

  private tokenOf(request: FastifyRequest) {
    return readRefreshToken(this.parts.refreshKey, readCookie(request, REFRESH_COOKIE) ?? '');
  }

  private give({ user, sessionId, number }: Grant, request: FastifyRequest, reply: FastifyReply) {
    const { accessTokens, refreshKey } = this.parts;
    const refreshToken = writeRefreshToken(refreshKey, { sessionId, number });
    setCookie(request, reply, REFRESH_COOKIE, refreshToken);
    reply.header('Cache-Control', 'no-store');
    const accessToken = accessTokens.sign({ user, sessionId, refreshNumber: number });
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS };
  }
}
