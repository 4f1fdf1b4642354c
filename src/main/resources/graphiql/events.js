const { createElement: element, useSyncExternalStore } = React;

/** As many events as are kept; the oldest are dropped. */
const KEPT = 500;

let log = { streams: [], events: [] };
const listeners = new Set();

function change(next) {
  log = { ...log, ...next };
  listeners.forEach((listener) => listener());
}

function changeStream(id, next) {
  change({ streams: log.streams.map((stream) => (stream.id === id ? { ...stream, ...next } : stream)) });
}

function add(name, result) {
  const event = { key: crypto.randomUUID?.() ?? String(Math.random()), name, at: new Date(), result };
  change({ events: [event, ...log.events].slice(0, KEPT) });
}

/** Whether the button that stops an operation is being pressed. A change of tabs ends an operation, too. */
let stopping = false;
document.addEventListener(
  'click',
  ({ target }) => {
    if (target.closest('.graphiql-execute-button')) {
      stopping = true;
      setTimeout(() => (stopping = false));
    }
  },
  true,
);

const DONE = { done: true, value: undefined };

/** Passes on the events of a subscription, and logs them until it is stopped, also when GraphiQL changes tabs. */
function logged(source, name) {
  const iterator = source[Symbol.asyncIterator]();
  const id = (log.streams.at(-1)?.id ?? 0) + 1;
  const passed = [];
  const takers = [];
  let detached = false;
  const pass = (result) => {
    if (takers.length) {
      takers.shift()(result);
    } else if (!detached) {
      passed.push(result);
    }
  };
  const detach = () => {
    detached = true;
    takers.splice(0).forEach((take) => take(DONE));
  };
  const readAll = async () => {
    try {
      for (let result = await iterator.next(); !result.done; result = await iterator.next()) {
        add(name, result.value);
        pass(result);
      }
      pass(DONE);
    } catch (error) {
      add(name, { errors: [String(error.message ?? error)] });
      pass(Promise.reject(error));
    }
    changeStream(id, { ended: true });
  };
  const stop = () => {
    changeStream(id, { ended: true });
    detach();
    iterator.return?.();
  };
  change({ streams: [...log.streams, { id, name, ended: false, stop }] });
  readAll();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      passed.length
        ? Promise.resolve(passed.shift())
        : detached
          ? Promise.resolve(DONE)
          : new Promise((take) => takers.push(take)),
    return() {
      if (stopping) {
        stop();
      } else {
        detach();
      }
      return Promise.resolve(DONE);
    },
  };
}

/** A fetcher whose subscriptions are logged. */
export const logEvents = (fetcher) => async (parameters, options) => {
  const result = await fetcher(parameters, options);
  return result?.[Symbol.asyncIterator] ? logged(result, parameters.operationName ?? 'Subscription') : result;
};

function EventsIcon() {
  return element(
    'svg',
    { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, 'aria-hidden': true },
    element('path', { d: 'M3 12h4l3-7 4 14 3-7h4' }),
  );
}

function Events() {
  const { streams, events } = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => log,
  );
  const running = streams.filter(({ ended }) => !ended);
  return element(
    'section',
    { className: 'events', 'aria-label': 'Events' },
    element('h2', null, 'Events of subscriptions'),
    running.map(({ id, name, stop }) =>
      element(
        'p',
        { key: id },
        `${name} is running `,
        element('button', { type: 'button', onClick: stop }, `Stop ${name}`),
      ),
    ),
    running.length ? null : element('p', null, 'No subscription is running. Execute one: its events are kept here.'),
    events.length
      ? element('button', { type: 'button', onClick: () => change({ events: [] }) }, 'Clear')
      : null,
    element(
      'ol',
      { 'aria-label': 'Events, the newest first' },
      events.map(({ key, name, at, result }) =>
        element(
          'li',
          { key },
          element('p', null, `${at.toLocaleTimeString()} ${name}`),
          element('pre', { tabIndex: 0 }, JSON.stringify(result?.data ?? result, null, 2)),
        ),
      ),
    ),
  );
}

/** The events of all subscriptions of this visit. */
export const eventsPlugin = { title: 'Events', icon: EventsIcon, content: Events };
