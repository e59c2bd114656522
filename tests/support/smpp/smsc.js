// A short message service centre for tests, spoken to by Kannel over SMPP 3.4.
//
// node smsc.js PORT: prints one JSON object for each submit_sm: to, from, coding, text, part, parts.
// The last two digits of a number choose what becomes of it:
//   91 refused (0x0b, invalid destination)     92 refused on its second part
//   93 taken, then undeliverable               94 taken, then silence
// All others are taken and delivered. A message id is `carrier-N`.
'use strict';
const smpp = require('smpp');

const INVALID_DESTINATION = 0x0b;
let taken = 0;

function partOf(message) {
  const header = (message.udh || []).map((element) => Buffer.from(element)).find((e) => e[0] === 0);
  return header ? { parts: header[3], part: header[4] } : { parts: 1, part: 1 };
}

function report(session, pdu, id, state) {
  session.deliver_sm({
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 4,
    short_message:
      `id:${id} sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:${state} err:000 text:`,
  });
}

function submit(session, pdu) {
  const to = pdu.destination_addr;
  const fate = to.slice(-2);
  const { part, parts } = partOf(pdu.short_message);
  const text = pdu.short_message.message;
  console.log(JSON.stringify({ to, from: pdu.source_addr, coding: pdu.data_coding, text, part, parts }));
  if (fate === '91' || (fate === '92' && part === 2)) {
    session.send(pdu.response({ command_status: INVALID_DESTINATION }));
    return;
  }
  taken += 1;
  const id = `carrier-${taken}`;
  session.send(pdu.response({ message_id: id }));
  if (pdu.registered_delivery && fate !== '94') report(session, pdu, id, fate === '93' ? 'UNDELIV' : 'DELIVRD');
}

const server = smpp.createServer({}, (session) => {
  session.on('error', () => session.close());
  session.on('bind_transceiver', (pdu) => session.send(pdu.response()));
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('submit_sm', (pdu) => submit(session, pdu));
  session.on('unbind', (pdu) => {
    session.send(pdu.response());
    session.close();
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
