import { Distribution } from '@schoolbell/metrics';
import type { onResponseHookHandler } from 'fastify';

/** From what a cached answer takes to what nobody waits for. */
const RESPONSE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATUSES = ['2xx', '3xx', '4xx', '5xx'] as const;

/** How long answers took, by their status: of posts of events, for which somebody waits, and of all others. */
export class ResponseCounts {
  private readonly ofPosts = byStatus('post_events');
  private readonly ofOthers = byStatus('other');

  get seconds(): Distribution[] {
    return [...this.ofPosts, ...this.ofOthers];
  }

  hook(): onResponseHookHandler {
    return (request, reply, done) => {
      const { access } = request.routeOptions.config;
      const postsEvents = access && !access.public && access.permission === 'events:write';
      const counts = postsEvents ? this.ofPosts : this.ofOthers;
      counts[Math.floor(reply.statusCode / 100) - 2]?.observe(reply.elapsedTime / 1000);
      done();
    };
  }
}

function byStatus(operation: string): Distribution[] {
  return STATUSES.map((status) => new Distribution(RESPONSE_SECONDS, { operation, status }));
}
