import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launch } from '../support/browser.ts';
import { Collector } from '../support/collector.ts';
import { Person } from '../support/person.ts';
import { freePort } from '../support/ports.ts';
import { Program } from '../support/program.ts';

describe('telemetry', () => {
  let browser: Browser;
  let collector: Collector;
  let program: Program;

  beforeAll(async () => {
    const port = await freePort();
    collector = await Collector.start(port);
    browser = await launch('chromium', { hertz: 440 });
    program = await Program.start({
      'OTEL_EXPORTER_OTLP_ENDPOINT': `http://127.0.0.1:${port}`,
      'OTEL_EXPORTER_OTLP_PROTOCOL': 'http/protobuf',
      'OTEL_BSP_SCHEDULE_DELAY': '200',
      'telemetry:metricslisten': `http://127.0.0.1:${await freePort()}`,
      'telemetry:metricstoken': 'let me see',
    });
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await collector.stop();
  });

  it('a join is one trace from the click in the browser to the first packet at the media node', async () => {
    const alice = await Person.at(browser, program.url, 'alice');
    await alice.signIn();
    await alice.open('Bob Baker');
    // The client names its trace in the hub argument `traceparent`; the wire tells it.
    const devtools = await alice.page.createCDPSession();
    await devtools.send('Network.enable');
    const traceId = new Promise<string>(found => devtools.on('Network.webSocketFrameSent', frame => {
      const named = /"traceparent":"00-([0-9a-f]{32})-/.exec(frame.response.payloadData);
      if (named?.[1]) found(named[1]);
    }));
    await alice.call();
    const spans = await collector.trace(await traceId, [/join/i, /reserve/i, /first.?packet/i]);
    const roots = spans.filter(span => spans.every(other => other.spanId !== span.parentSpanId));
    expect(spans.length).toBeGreaterThan(3);
    // Every span hangs on the browser's own, which no server exports.
    expect(new Set(roots.map(span => span.parentSpanId)).size).toBe(1);
    await alice.leave();
  });

  it('metrics answer in Prometheus text with the token, and not without', async () => {
    expect((await fetch(`${program.url}/metrics`)).status).toBe(401);
    const metrics = await fetch(`${program.url}/metrics`, { headers: { authorization: 'Bearer let me see' } });
    expect(metrics.status).toBe(200);
    const text = await metrics.text();
    expect(text).toMatch(/^calls_/m);
    expect(text).not.toMatch(/user_[a-z2-7]{26}|call_[a-z2-7]{26}|sess_[a-z2-7]{26}/);
  });

  it('health says that the process lives and that it is ready', async () => {
    for (const path of ['healthz', 'readyz']) expect((await fetch(`${program.url}/${path}`)).status).toBe(200);
  });
});
