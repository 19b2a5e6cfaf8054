// Bodies of async functions, each under its name, whose values must be the same here and in Node.

//// URL
return ['http://user:p%40ss@Example.COM:80/a/../b/./c%20d?q=1&r=a b#f g', 'https://a.b:8443/x?', 'file:///c/d.txt',
    'mailto:me@x.y', 'http://[::1]:3000/', 'http://1.2.3/', 'http://0x7f.1/', 'http://[2001:db8:0:0:1:0:0:1]/',
    'https://é.example'.replace('é', 'e'), 'HTTP:\\\\x.y\\z', 'ftp://h/%7Efoo', 'data:text/plain,hello world', '  http://x.y  ',
    'http://a/b?x=ñ&y="<>`\'', 'http://a/ñ é', 'javascript:alert(1)', 'http://a//b///c', 'foo://h:1/p?q#r']
    .map((u) => { const x = new URL(u); return [x.href, x.origin, x.protocol, x.host, x.hostname, x.port, x.pathname,
        x.search, x.hash, x.username, x.password] })

//// relative URL
return ['b', '/b', '../b', '?q', '#f', '//other/p', './', '', 'https:c', 'https://z/', '..', '../../../x']
    .map((u) => new URL(u, 'https://h.example:8080/one/two/three?old=1#frag').href)

//// bad URL
return ['', 'x', '/a', 'http://', 'http://a b/', 'http://a:99999/', 'http://[::1/', 'http://1.2.3.4.5/', 'http://256.1.1.1/', 'https://?q']
    .map((u) => { try { return new URL(u).href } catch (e) { return e.name + e.code } })

//// URL setters
const u = new URL('https://h/p?a=1#f'); u.searchParams.append('b c', 'd&e'); u.hash = 'x y'; u.port = '8080';
u.pathname = '/n w?x'; u.hostname = 'other.example'; u.username = 'me@'; const one = u.href; u.search = '?z=1'; u.protocol = 'http';
u.searchParams.delete('z'); u.port = '80'; u.host = 'third:99'; return [one, u.href, [...u.searchParams], JSON.stringify({ u })]

//// URLSearchParams
const p = new URLSearchParams('?a=1&b=2&a=3&c=%20x+y&d&e=%E2%82%AC&f=%ZZ'); p.append('g', 'é/?'); p.set('a', '9'); p.sort();
return [p.toString(), p.get('c'), p.get('f'), p.getAll('a'), p.has('d'), p.get('nope'), [...p.keys()], p.size,
    new URLSearchParams({ x: 1, y: [2, 3] }).toString(), new URLSearchParams([['q', "it's (ok)*~"]]).toString()]

//// TextEncoder
return ['', 'abc', 'ñ€😀', '\ud800x', '\udc00', 'a'.repeat(5000)].map((t) => [...new TextEncoder().encode(t)].slice(0, 20))

//// TextDecoder
return [[97], [0xc3, 0xb1], [0xff, 97], [0xe2, 0x82], [0xf0, 0x9f, 0x98, 0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf, 98],
    [0xe2, 0x28, 0xa1], [0xf4, 0x90, 0x80, 0x80], [0xf0, 0x80, 0x80, 0x41]].map((b) => new TextDecoder().decode(new Uint8Array(b)))

//// Buffer
const b = Buffer.from('Hafen ñ €');
return [b.toString(), b.toString('hex'), b.toString('base64'), b.toString('base64url'), b.toString('latin1'), b.length,
    Buffer.from('SGFsbG8', 'base64').toString(), Buffer.from('ff00zz', 'hex').length, Buffer.concat([b, Buffer.from([1, 2])]).length,
    Buffer.isBuffer(b), Buffer.isBuffer(new Uint8Array(1)), Buffer.byteLength('€'), JSON.stringify(Buffer.from('a')), b.equals(Buffer.from(b)),
    b.slice(0, 5).toString(), b.subarray(1, 3) instanceof Buffer, Buffer.alloc(3, 'ab').toString(), Buffer.compare(Buffer.from('a'), Buffer.from('b')),
    Buffer.from('é', 'utf16le').toString('hex'), Buffer.from([255, 256, -1]).toString('hex'), Buffer.isEncoding('UTF-8')]

//// base64
return [btoa('hello'), atob('aGVsbG8='), btoa('\xff\xfe')]

//// structuredClone
const o = { d: new Date(5), m: new Map([[1, { a: [1, , 3] }]]), s: new Set('ab'), r: /x/gi, n: null, u: undefined, b: new Uint8Array([1, 2]), e: new TypeError('t') };
o.self = o; const c = structuredClone(o);
return [c !== o, c.self === c, c.d.getTime(), c.d !== o.d, [...c.m], [...c.s], String(c.r), c.n, 'u' in c, [...c.b], c.e instanceof TypeError, c.e.message,
    (() => { try { structuredClone({ f() {} }) } catch (e) { return e.name } })()]

//// timers
const seen = []; const stop = setTimeout(() => seen.push('never'), 5); clearTimeout(stop);
setTimeout((a, b) => seen.push(a + b), 30, 'late', 'r'); setTimeout(() => seen.push('soon'), 1); queueMicrotask(() => seen.push('micro'));
let n = 0; await new Promise((done) => { const i = setInterval(() => { if (++n === 3) { clearInterval(i); done() } }, 5) });
await new Promise((done) => setTimeout(done, 60)); seen.push(n); return seen

//// path
const p = require('path').posix;
return [p.join('/a', '..', 'b', './c/'), p.join('a', '', '..', '..'), p.resolve('/a/b', '../c'), p.normalize('/a//b/../c/'), p.normalize(''),
    p.basename('/x/y.tar.gz', '.gz'), p.basename('/x/'), p.dirname('/x/y/z'), p.dirname('x'), p.dirname('/'), p.extname('a.b.c'), p.extname('.rc'),
    p.extname('a.'), p.parse('/home/u/f.txt'), p.format({ dir: '/d', base: 'b.c' }), p.relative('/a/b/c', '/a/d'), p.isAbsolute('/x'), p.sep]

//// querystring
const q = require('querystring');
return [q.stringify({ a: [1, 'x y'], b: 'ñ&', c: null, d: true }), { ...q.parse('a=1&a=2&b=x+y&c&d=%C3%B1') }, q.escape('a b'), q.parse('x:1;y:2', ';', ':').y]

//// url module
const u = require('url'); const p = u.parse('https://me:pw@h.example:81/a/b?c=d#e');
return [p.host, p.hostname, p.port, p.pathname, p.search, p.query, p.hash, p.auth, p.href, u.resolve('http://a/b/c', '../d'), u.URL === URL]

//// events
const E = require('events'); const e = new E(); const seen = [];
e.on('x', (v) => seen.push(v)); e.once('x', (v) => seen.push(-v)); e.prependListener('x', () => seen.push('first'));
seen.push(e.emit('x', 1), e.emit('x', 2), e.emit('y'), e.listenerCount('x'), e.eventNames());
try { e.emit('error', new Error('bad')) } catch (f) { seen.push(f.message) } return seen

//// assert
const a = require('assert');
return [() => a(1), () => a(0, 'zero'), () => a.equal(1, '1'), () => a.strictEqual(1, '1', 'not the same'), () => a.deepEqual({ a: [1] }, { a: ['1'] }),
    () => a.deepStrictEqual({ a: [1] }, { a: ['1'] }, 'deep'), () => a.throws(() => { throw new TypeError('t') }, TypeError), () => a.throws(() => 0, 'none')]
    .map((f) => { try { f(); return 'fine' } catch (e) { return [e.name, e.code, e.operator] } })

//// crypto
const c = require('crypto');
return [c.createHash('sha256').update('a').update('b').digest('hex'), c.createHash('md5').update('ñ').digest('base64'), c.createHmac('sha1', 'key').update('x').digest('hex'),
    c.createHash('sha512').update(Buffer.from([1, 2])).digest().length, /^[0-9a-f-]{36}$/.test(c.randomUUID()), c.randomBytes(8).length, crypto.getRandomValues(new Uint8Array(4)).length]

//// util
const u = require('util');
return [u.format('%s is %d%%', 'x', 5, 'more'), await u.promisify((a, done) => done(null, a + 1))(1), u.isDeepStrictEqual({ a: 1 }, { a: 1 })]

//// dates in American English
const d = new Date('2026-03-09T05:07:08.009Z'), z = { timeZone: 'America/New_York' };
return [d.toLocaleString('en-US', z), d.toLocaleDateString('en-US', z), d.toLocaleTimeString('en-US', z),
    d.toLocaleDateString('en-US', { ...z, weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
    d.toLocaleDateString('en-US', { ...z, month: 'short', day: 'numeric' }), d.toLocaleDateString('en-US', { ...z, year: 'numeric', month: 'long' }),
    d.toLocaleDateString('en-US', { ...z, year: 'numeric', month: '2-digit', day: '2-digit' }), d.toLocaleTimeString('en-US', { ...z, hour: '2-digit', minute: '2-digit' }),
    d.toLocaleTimeString('en-US', { ...z, hour12: false }), d.toLocaleString('en-US', { ...z, dateStyle: 'medium', timeStyle: 'short' }),
    d.toLocaleString('en-US', { ...z, weekday: 'short' }), d.toLocaleTimeString('en-US', { ...z, hour: 'numeric' })]

//// dates in British English
const d = new Date('2026-09-09T13:07:08Z');
return ['Australia/Sydney', 'Europe/London', 'Asia/Kolkata', 'UTC'].flatMap((timeZone) => [
    d.toLocaleString('en-GB', { timeZone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: true }),
    d.toLocaleString('en-GB', { timeZone }), d.toLocaleDateString('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }), d.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
    new Intl.DateTimeFormat('en-GB', { timeZone }).format(d)])

//// numbers
return [(1234567.891).toLocaleString('en-US'), (0.5).toLocaleString('en-US', { style: 'percent' }), (-1234.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' }),
    (1234).toLocaleString('en-US', { minimumFractionDigits: 2 }), (5).toLocaleString('en-US', { minimumIntegerDigits: 2 }), (1e6).toLocaleString('en-US', { useGrouping: false }),
    new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(9.87), (12345n).toLocaleString('en-US'), NaN.toLocaleString('en-US')]

//// Headers and Response
const h = new Headers({ 'X-B': ' 2 ', a: '1' }); h.append('A', 'z'); const r = new Response('{"n":1}', { status: 201, headers: h }); const c = r.clone();
return [[...h], h.get('x-b'), h.has('nope'), r.ok, r.status, await r.json(), r.bodyUsed, await c.text(), (await new Response('ñ').arrayBuffer()).byteLength,
    await c.text().catch((e) => e.name), Response.json({ a: 1 }).headers.get('content-type')]

//// aborts
const c = new AbortController(); let told = 0; c.signal.addEventListener('abort', () => told++); c.abort(); c.abort();
return [c.signal.aborted, told, c.signal.reason.name, AbortSignal.abort().aborted]

//// language
return [[3, 1, 2].toSorted(), Object.groupBy ? 1 : 1, [1, 2].at(-1), 'ab'.replaceAll('a', 'b'), [1, [2]].flat(), 2n ** 64n + '', new Date(0).toISOString(), 'x'.padStart(3, '-'),
    [...'a😀'].length, Number('0x1f'), parseInt('12px'), JSON.stringify({ a: undefined, b: [undefined] }), `${[1, 2]}`, typeof globalThis]
