// Publishes one notice request and waits until the agreement deems the notice delivered.
//
//   npm ci
//   AMQP_URL=amqp://user:password@broker node notify.js ../request.json
//
// Ends with 0 when it is deemed delivered, with 1 when it was rejected or cancelled.
import { readFile } from 'node:fs/promises';
import amqp from 'amqplib';

const {
  AMQP_URL = 'amqp://guest:guest@localhost',
  REQUESTS = 'duenotice.requests', // [queue] requests of duenotice.toml
  EVENTS = 'duenotice.events', // [queue] events
  SERVICE_QUEUE = 'example-service.notices', // a name of your own
} = process.env;

const request = JSON.parse(await readFile(process.argv[2], 'utf8'));
// Source and id name the notice for ever: published again under them, it is sent once. So a service takes the id from
// its own data, and publishes again whenever it is not sure.
request.id ??= `example-${Date.now()}`;

const connection = await amqp.connect(AMQP_URL);
const channel = await connection.createConfirmChannel();

// A durable queue of your own, before the first request: no event is lost while your service is away. duenotice makes
// the exchange when it starts.
await channel.assertQueue(SERVICE_QUEUE, { durable: true });
await channel.bindQueue(SERVICE_QUEUE, EVENTS, 'duenotice.notice.#');

await publish(request);
console.log(`published ${request.id}`);
const delivered = await heardOf(request);
await connection.close();
process.exitCode = delivered ? 0 : 1;

/** Resolves once the broker has it durably. */
function publish(body) {
  return new Promise((resolve, reject) => {
    channel.once('return', () => reject(new Error(`there is no queue ${REQUESTS}; was duenotice ever started?`)));
    const options = { contentType: 'application/json', persistent: true, mandatory: true };
    const confirmed = (error) => (error ? reject(error) : resolve());
    channel.publish('', REQUESTS, Buffer.from(JSON.stringify(body)), options, confirmed);
  });
}

/** Resolves when the notice has come to its end: whether it is deemed delivered. */
function heardOf({ source, id }) {
  return new Promise((resolve, reject) => {
    let newest = 0; // a service keeps this with its own record of the notice
    const listen = (message) => {
      if (message === null) return reject(new Error(`the queue ${SERVICE_QUEUE} was deleted`));
      const { data } = JSON.parse(message.content);
      const mine = data.source === source && data.request_id === id;
      // An event may come a second time; its sequence says so.
      if (mine && data.sequence > newest) {
        newest = data.sequence;
        const end = deal(data);
        if (end !== undefined) resolve(end);
      }
      channel.ack(message); // only now: until then the broker gives it out again
    };
    channel.consume(SERVICE_QUEUE, listen).catch(reject);
  });
}

/** Says what became of it. True or false at its end, undefined while something may still come. */
function deal(data) {
  switch (data.state) {
    case 'accepted':
      console.log(`accepted as notice ${data.notice_id}`);
      return undefined;
    case 'deemed_delivered': {
      const mark = data.sandbox ? ' in the SANDBOX, nothing was sent' : '';
      console.log(`deemed delivered on ${data.deemed_delivered_on} (${data.time_zone})${mark}`);
      return true;
    }
    case 'rejected':
      console.log(`rejected, ${data.code} at "${data.pointer}": ${data.message}`);
      return false;
    case 'cancelled':
      console.log('cancelled');
      return false;
    default: {
      // held or failed: nothing of this is lost, and the date may still come
      const reasons = data.deliveries.map((each) => `${each.channel} ${each.reason} ${each.code ?? ''}`.trim());
      console.log(`${data.state} (${reasons.join(', ')}); next: ${data.next_actor}. ${data.resend_safe.why}`);
      return undefined;
    }
  }
}
