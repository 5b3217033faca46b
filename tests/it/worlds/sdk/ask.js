// What the AWS SDK for JavaScript makes of the world that this process is in: `node ask.js PACKAGES [PROFILE]` prints
// one JSON object.

const http = require('node:http');
const https = require('node:https');
const path = require('node:path');

// Pauses between attempts change no answer; what a timer is to call after a time limit is not built in.
const later = globalThis.setTimeout;
globalThis.setTimeout = (call, pause, ...rest) =>
  later(call, /\[native code\]/.test(Function.prototype.toString.call(call)) ? pause / 100 : pause, ...rest);

// What would be HTTPS goes to the fake AWS, too, under the name of the real host.
https.request = ({ agent, protocol, host, hostname, port, ...options }, ...rest) => {
  const proxy = new URL(process.env.HTTPS_PROXY);
  const headers = { host: hostname ?? host, ...options.headers };
  return http.request({ ...options, headers, host: proxy.hostname, port: proxy.port }, ...rest);
};

const [folder, profile] = process.argv.slice(2);
const from = name => require(require.resolve(name, { paths: [path.resolve(folder)] }));
const { defaultProvider } = from('@aws-sdk/credential-provider-node');
const { loadConfig, NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS } = from('@smithy/core/config');

// What the chain says when it has come to its end.
const NOTHING = 'Could not load credentials from any providers';

const credentials = async () => {
  try {
    const found = await defaultProvider(profile === undefined ? {} : { profile })();
    return {
      access_key: found.accessKeyId, secret_key: found.secretAccessKey, token: found.sessionToken ?? null,
      account_id: found.accountId ?? null,
    };
  } catch (error) {
    return { error: `${error?.name}: ${error?.message}`, none: error?.message === NOTHING };
  }
};

const region = () =>
  loadConfig(NODE_REGION_CONFIG_OPTIONS, { ...NODE_REGION_CONFIG_FILE_OPTIONS, profile })().catch(() => null);

console.warn = () => {};
credentials().then(async answer => {
  answer.region = await region();
  process.stdout.write(JSON.stringify(answer) + '\n', () => process.exit(0));
});
