/** What a measured call can name from the history. */
export interface Searched {
  /** A random number below this one, new for each call. */
  random: (below: number) => number;
  /** How many events the history has. */
  events: number;
  /** TypeIDs of some events and deliveries, from all over the history. */
  eventIds: readonly string[];
  deliveryIds: readonly string[];
}

const one = <Item>({ random }: Searched, items: readonly Item[]): Item =>
  items[random(items.length)]!;
const session = ({ random, events }: Searched): string => `ses_${random(events)}`;
const learner = ({ random }: Searched): string => `lrn_${random(10_000)}`;
const search = (text: string): string => `/v1/search?q=${encodeURIComponent(text)}`;

/** The paths of people's searches, by what they search for; each is asked for many times. */
export const SEARCHED_CALLS: Readonly<Record<string, (history: Searched) => string>> = {
  'search: an event': (history) => search(one(history, history.eventIds)),
  'search: a delivery': (history) => search(one(history, history.deliveryIds)),
  'search: a session': (history) => search(session(history)),
  'search: a learner of 100 events': (history) => search(learner(history)),
  'search: a package of 20,000 events': ({ random }) => search(`pkg_${random(50)}`),
  'search: the dispatch of all events': () => search('dsp_1'),
  'search: JSON with 30 candidates': (history) =>
    search(
      JSON.stringify({
        event: one(history, history.eventIds),
        sessionId: session(history),
        learnerId: learner(history),
        others: Array.from({ length: 30 }, (_, i) => `nothing ${i}`),
      }),
    ),
  'search: nothing': ({ random }) => search(`none_${random(1_000_000)}`),
  'events: the newest 100': () => '/v1/events?limit=100',
  'events: of a session': (history) => `/v1/events?sessionId=${session(history)}`,
  'events: of a learner': (history) => `/v1/events?learnerId=${learner(history)}`,
  'events: of a package': ({ random }) => `/v1/events?packageId=pkg_${random(50)}`,
  'events: of the dispatch of all': () => '/v1/events?dispatchId=dsp_1',
  'events: of a learner and a package': (history) =>
    `/v1/events?learnerId=${learner(history)}&packageId=pkg_${history.random(50)}`,
  'events: by q': (history) => `/v1/events?q=${learner(history)}`,
  'events: by q, of the dispatch of all': () => '/v1/events?q=dsp_1',
  'events: unwanted, a page without any': () => '/v1/events?unwanted=true',
  'explanation: 50 webhooks': (history) =>
    `/v1/events/${one(history, history.eventIds)}/explanation?limit=50`,
  'rejections: the newest 100 of 60,000': () => '/v1/event-rejections?limit=100',
  'rejections: of a session': ({ random }) => `/v1/event-rejections?q=ses_${random(60_000)}`,
};
