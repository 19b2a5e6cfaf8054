// What `require` finds: small forms of Node's own modules and of the two HTTP clients. Nothing of a machine: no files, no
// processes, no sockets.
const pathParts = (path) => {
    const rooted = path.startsWith('/')
    const parts = []
    for (const part of path.split('/')) {
        if (part === '' || part === '.') continue
        if (part !== '..') parts.push(part)
        else if (parts.length && parts.at(-1) !== '..') parts.pop()
        else if (!rooted) parts.push('..')
    }
    return (rooted ? '/' : '') + parts.join('/')
}
const posix = {
    sep: '/',
    delimiter: ':',
    normalize: (path) => (pathParts(path) || (path.startsWith('/') ? '/' : '.')) + (path.length > 1 && path.endsWith('/') && pathParts(path) !== '/' && pathParts(path) ? '/' : ''),
    join: (...parts) => posix.normalize(parts.filter(Boolean).join('/') || '.'),
    resolve: (...parts) => {
        let path = ''
        for (const part of parts.reverse()) {
            if (path.startsWith('/')) break
            if (part) path = path ? `${part}/${path}` : part
        }
        return pathParts(path.startsWith('/') ? path : `/${path}`) || '/'
    },
    isAbsolute: (path) => path.startsWith('/'),
    basename: (path, ending = '') => {
        const name = path.replace(/\/+$/, '').split('/').at(-1)
        return ending && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name
    },
    dirname: (path) => {
        const short = path.replace(/(?<=.)\/+$/, '')
        const at = short.lastIndexOf('/')
        return at < 0 ? '.' : short.slice(0, at).replace(/\/+$/, '') || '/'
    },
    extname: (path) => /(?<=[^/])(\.[^./]*)\/*$/.exec(path)?.[1] ?? '',
    parse: (path) => {
        const base = posix.basename(path)
        const ext = posix.extname(path)
        const dir = path.includes('/') ? posix.dirname(path) : ''
        return { root: path.startsWith('/') ? '/' : '', dir, base, ext, name: ext ? base.slice(0, -ext.length) : base }
    },
    format: ({ dir, root = '', base, name = '', ext = '' }) => (dir ? `${dir}${dir === root ? '' : '/'}` : root) + (base ?? name + ext),
    relative: (from, to) => {
        const [one, other] = [posix.resolve(from), posix.resolve(to)].map((path) => path.split('/').filter(Boolean))
        let same = 0
        while (same < one.length && one[same] === other[same]) same++
        return [...one.slice(same).map(() => '..'), ...other.slice(same)].join('/')
    }
}
posix.posix = posix

const querystring = {
    escape: (value) => encodeURIComponent(value),
    unescape: (value) => decodePercent(value),
    stringify: (values, separator = '&', equals = '=') =>
        Object.entries(values ?? {})
            .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => `${encodeURIComponent(name)}${equals}${encodeURIComponent(['string', 'number', 'bigint', 'boolean'].includes(typeof one) ? one : '')}`))
            .join(separator),
    parse: (source, separator = '&', equals = '=') => {
        const result = Object.create(null)
        for (const part of text(source).split(separator)) {
            if (!part) continue
            const at = part.indexOf(equals)
            const [name, value] = (at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + equals.length)]).map((one) => decodePercent(one.replace(/\+/g, ' ')))
            result[name] = name in result ? [].concat(result[name], value) : value
        }
        return result
    }
}
querystring.encode = querystring.stringify
querystring.decode = querystring.parse

class EventEmitter {
    #calls = new Map()
    on(name, call) {
        this.#calls.set(name, [...(this.#calls.get(name) ?? []), call])
        return this
    }
    prependListener(name, call) {
        this.#calls.set(name, [call, ...(this.#calls.get(name) ?? [])])
        return this
    }
    once(name, call) {
        const single = (...values) => {
            this.off(name, single)
            return call.apply(this, values)
        }
        single.listener = call
        return this.on(name, single)
    }
    off(name, call) {
        const calls = [...(this.#calls.get(name) ?? [])]
        const at = calls.findLastIndex((one) => one === call || one.listener === call)
        if (at >= 0) calls.splice(at, 1)
        this.#calls.set(name, calls)
        return this
    }
    emit(name, ...values) {
        const calls = this.#calls.get(name) ?? []
        if (!calls.length && name === 'error') throw values[0] instanceof Error ? values[0] : new Error(`Unhandled error. (${shown(values[0])})`)
        for (const call of calls) call.apply(this, values)
        return calls.length > 0
    }
    removeAllListeners(name) {
        if (name === undefined) this.#calls.clear()
        else this.#calls.delete(name)
        return this
    }
    listenerCount(name) {
        return this.#calls.get(name)?.length ?? 0
    }
    listeners(name) {
        return (this.#calls.get(name) ?? []).map((one) => one.listener ?? one)
    }
    eventNames() {
        return [...this.#calls].filter(([, calls]) => calls.length).map(([name]) => name)
    }
    setMaxListeners() {
        return this
    }
}
EventEmitter.prototype.addListener = EventEmitter.prototype.on
EventEmitter.prototype.removeListener = EventEmitter.prototype.off
EventEmitter.EventEmitter = EventEmitter
EventEmitter.once = (emitter, name) => new Promise((resolve) => emitter.once(name, (...values) => resolve(values)))

const alike = (one, other, strict) => {
    if (strict ? Object.is(one, other) : one == other || (one !== one && other !== other)) return true
    if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
    if (strict && getPrototypeOf(one) !== getPrototypeOf(other)) return false
    if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime()
    if (one instanceof RegExp || one instanceof Error) return text(one) === text(other)
    if (one instanceof Map || one instanceof Set) return one.size === other.size && alike([...one], [...other], strict)
    const names = Object.keys(one)
    return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && alike(one[name], other[name], strict))
}
class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
        super(message)
        Object.assign(this, { name: 'AssertionError', code: 'ERR_ASSERTION', actual, expected, operator })
    }
}
const check = (fine, message, fallback, values = {}) => {
    if (fine) return
    if (message instanceof Error) throw message
    throw new AssertionError({ message: message ?? fallback, ...values })
}
const assert = (value, message) => check(value, message, 'The expression evaluated to a falsy value', { actual: value, expected: true, operator: '==' })
Object.assign(assert, {
    ok: assert,
    AssertionError,
    equal: (actual, expected, message) => check(actual == expected, message, `${shown(actual)} == ${shown(expected)}`, { actual, expected, operator: '==' }),
    notEqual: (actual, expected, message) => check(actual != expected, message, `${shown(actual)} != ${shown(expected)}`, { actual, expected, operator: '!=' }),
    strictEqual: (actual, expected, message) => check(Object.is(actual, expected), message, `${shown(actual)} !== ${shown(expected)}`, { actual, expected, operator: 'strictEqual' }),
    notStrictEqual: (actual, expected, message) => check(!Object.is(actual, expected), message, `both are ${shown(actual)}`, { actual, expected, operator: 'notStrictEqual' }),
    deepEqual: (actual, expected, message) => check(alike(actual, expected, false), message, 'Values are not deep-equal', { actual, expected, operator: 'deepEqual' }),
    deepStrictEqual: (actual, expected, message) => check(alike(actual, expected, true), message, 'Values are not deep-equal', { actual, expected, operator: 'deepStrictEqual' }),
    fail: (message = 'Failed') => check(false, message, message, { operator: 'fail' }),
    match: (value, pattern, message) => check(pattern.test(value), message, `${shown(value)} does not match ${pattern}`),
    throws: (call, expected, message) => {
        let failure
        try {
            call()
        } catch (error) {
            failure = [error]
        }
        check(failure, typeof expected === 'string' ? expected : message, 'Missing expected exception.', { operator: 'throws' })
        if (expected instanceof RegExp) check(expected.test(text(failure[0])), message, `${failure[0]} does not match ${expected}`)
        else if (typeof expected === 'function' && expected.prototype && !(failure[0] instanceof expected)) throw failure[0]
    }
})
assert.strict = assert

class Hash {
    #algorithm
    #key
    #parts = []
    constructor(algorithm, key) {
        this.#algorithm = text(algorithm).toLowerCase()
        this.#key = key === undefined ? undefined : hexOf(typeof key === 'string' ? utf8Bytes(key) : bytesOf(key))
    }
    update(value, encoding) {
        this.#parts.push(Buffer.from(typeof value === 'string' ? encodingOf(encoding)[0](value) : bytesOf(value)))
        return this
    }
    digest(encoding) {
        const answer = host('digest', stringify({ algorithm: this.#algorithm, key: this.#key, data: hexOf(Buffer.concat(this.#parts)) }))
        if (!answer) throw new Error('Digest method not supported')
        const bytes = Buffer.from(answer, 'hex')
        return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding)
    }
}
const crypto = {
    randomUUID, randomBytes, getRandomValues,
    randomInt: (least, most) => {
        const [from, below] = most === undefined ? [0, least] : [least, most]
        return from + Math.floor((randomBytes(6).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 48) * (below - from))
    },
    createHash: (algorithm) => new Hash(algorithm),
    createHmac: (algorithm, key) => new Hash(algorithm, key),
    timingSafeEqual: (one, other) => Buffer.compare(bytesOf(one), bytesOf(other)) === 0
}
crypto.webcrypto = { randomUUID, getRandomValues }
offer({ crypto: { randomUUID, getRandomValues } })

const util = {
    inspect: shown,
    format: (first, ...values) => [typeof first === 'string' ? first.replace(/%[sdifjoO%]/g, (mark) => (mark === '%%' ? '%' : values.length ? (mark === '%d' || mark === '%i' ? text(Number(values.shift())) : shown(values.shift())) : mark)) : shown(first), ...values.map(shown)].join(' '),
    promisify: (call) => (...values) => new Promise((resolve, reject) => call(...values, (error, value) => (error ? reject(error) : resolve(value)))),
    isDeepStrictEqual: (one, other) => alike(one, other, true),
    inherits: (kind, parent) => Object.setPrototypeOf(kind.prototype, parent.prototype),
    TextEncoder, TextDecoder,
    types: { isDate: (value) => value instanceof Date, isRegExp: (value) => value instanceof RegExp, isPromise: (value) => value instanceof Promise }
}
const nodeFetch = (source, options) => fetch(source, options ?? {})
Object.assign(nodeFetch, { default: nodeFetch, Headers, Request, Response, Blob, AbortError: DOMException, FetchError: TypeError })
const clears = { clearTimeout: stopTimer, clearInterval: stopTimer, clearImmediate: stopTimer }
const promised = (milliseconds, value) => new Promise((resolve) => setTimeout(resolve, milliseconds, value))
const legacyUrl = {
    URL, URLSearchParams,
    parse: (source, asObject) => {
        const { href, protocol, host: place, hostname, port, pathname, search, hash, username, password } = new URL(source)
        const query = search.replace(/^\?/, '')
        return { href, protocol, host: place, hostname, port: port || null, pathname, search: search || null, hash: hash || null, path: pathname + search, query: asObject ? querystring.parse(query) : query || null, auth: username ? decodePercent(username) + (password && `:${decodePercent(password)}`) : null, slashes: true }
    },
    format: (value) => (value instanceof URL ? value.href : `${value.protocol ? `${value.protocol.replace(/:?$/, ':')}//` : ''}${value.host ?? value.hostname ?? ''}${value.pathname ?? ''}${value.search ?? ''}${value.hash ?? ''}`),
    resolve: (base, source) => new URL(source, base).href,
    fileURLToPath: (value) => decodePercent(new URL(value).pathname),
    domainToASCII: (value) => hostOf(text(value), true) ?? ''
}
const modules = {
    axios, 'node-fetch': nodeFetch, path: posix, 'path/posix': posix, querystring, events: EventEmitter, assert, crypto, util, url: legacyUrl,
    buffer: { Buffer, Blob, atob, btoa },
    timers: { setTimeout, setInterval, setImmediate, ...clears },
    'timers/promises': { setTimeout: promised, setImmediate: (value) => promised(0, value) }
}
const require = (name) => {
    const plain = text(name).replace(/^node:/, '')
    if (Object.hasOwn(modules, plain)) return modules[plain]
    throw Object.assign(new Error(`Cannot find module '${name}'; a function may require ${Object.keys(modules).join(', ')}`), { code: 'MODULE_NOT_FOUND' })
}
offer({ require })
