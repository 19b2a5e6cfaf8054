// fetch as browsers and node-fetch have it: the request is made outside, by the server's guard, and its answer comes whole.
class Headers {
    #values = new Map()
    constructor(source = {}) {
        if (source === null || source === undefined) return
        const pairs = typeof source[Symbol.iterator] === 'function' ? source : source instanceof Headers ? source.entries() : Object.entries(source)
        for (const [name, value] of pairs) this.append(name, value)
    }
    append(name, value) {
        const key = text(name).toLowerCase()
        const present = this.#values.get(key)
        this.#values.set(key, present === undefined ? text(value).trim() : `${present}, ${text(value).trim()}`)
    }
    set(name, value) {
        this.#values.set(text(name).toLowerCase(), text(value).trim())
    }
    get(name) {
        return this.#values.get(text(name).toLowerCase()) ?? null
    }
    has(name) {
        return this.#values.has(text(name).toLowerCase())
    }
    delete(name) {
        this.#values.delete(text(name).toLowerCase())
    }
    forEach(call, self) {
        for (const [name, value] of this.entries()) call.call(self, value, name, this)
    }
    raw() {
        return Object.fromEntries([...this.entries()].map(([name, value]) => [name, [value]]))
    }
    *entries() {
        yield* [...this.#values].sort((one, other) => (one[0] < other[0] ? -1 : 1))
    }
    *keys() {
        for (const [name] of this.entries()) yield name
    }
    *values() {
        for (const [, value] of this.entries()) yield value
    }
    [Symbol.iterator]() {
        return this.entries()
    }
}

class Blob {
    #bytes
    constructor(parts = [], { type = '' } = {}) {
        this.#bytes = Buffer.concat(parts.map((part) => Buffer.from(part instanceof Blob ? part.#bytes : typeof part === 'string' ? part : bytesOf(part))))
        this.type = text(type).toLowerCase()
    }
    get size() {
        return this.#bytes.length
    }
    async text() {
        return utf8Text(this.#bytes)
    }
    async arrayBuffer() {
        return Uint8Array.from(this.#bytes).buffer
    }
    static bytes(blob) {
        return blob.#bytes
    }
}
const blobBytes = Blob.bytes
delete Blob.bytes

/** A body as it is sent: text or base64 of bytes, and the type that goes with it. */
const bodyOf = (body) => {
    if (body === undefined || body === null) return {}
    if (body instanceof URLSearchParams) return { body: body.toString(), type: 'application/x-www-form-urlencoded;charset=UTF-8' }
    if (body instanceof Blob) return { base64: base64Of(blobBytes(body)), type: body.type || undefined }
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return { base64: base64Of(bytesOf(body)) }
    return { body: text(body), type: 'text/plain;charset=UTF-8' }
}

class Body {
    #text
    #bytes
    #used = false
    constructor(content) {
        if (content instanceof Uint8Array) this.#bytes = content
        else this.#text = content
    }
    get bodyUsed() {
        return this.#used
    }
    #take() {
        if (this.#used) throw new TypeError('Body is unusable: Body has already been read')
        this.#used = true
    }
    async text() {
        this.#take()
        return this.#text ?? utf8Text(this.#bytes)
    }
    async json() {
        return parse(await this.text())
    }
    async buffer() {
        this.#take()
        return Buffer.from(this.#bytes ?? this.#text)
    }
    async arrayBuffer() {
        return Uint8Array.from(await this.buffer()).buffer
    }
    async blob() {
        return new Blob([await this.buffer()], { type: this.headers.get('content-type') ?? '' })
    }
    content() {
        return this.#bytes ?? this.#text
    }
}

class Response extends Body {
    constructor(body = '', { status = 200, statusText = '', headers = {}, url = '', redirected = false } = {}) {
        super(body instanceof Uint8Array ? body : body === null ? '' : text(body))
        this.status = status
        this.statusText = statusText
        this.ok = status >= 200 && status < 300
        this.headers = new Headers(headers)
        this.url = url
        this.redirected = redirected
        this.type = 'basic'
    }
    clone() {
        return new Response(this.content(), this)
    }
    static json(value, options = {}) {
        return new Response(stringify(value), { ...options, headers: { 'content-type': 'application/json', ...options.headers } })
    }
}

class Request extends Body {
    constructor(source, options = {}) {
        const first = source instanceof Request ? source : {}
        const body = options.body ?? first.sent
        super(bodyOf(body).body ?? '')
        this.url = source instanceof Request ? source.url : new URL(text(source)).href
        this.method = text(options.method ?? first.method ?? 'GET').toUpperCase()
        this.headers = new Headers(options.headers ?? first.headers ?? {})
        this.signal = options.signal ?? first.signal
        defineProperty(this, 'sent', { value: body })
    }
}

class AbortSignal {
    aborted = false
    reason = undefined
    onabort = null
    #calls = []
    addEventListener(name, call) {
        if (name === 'abort') this.#calls.push(call)
    }
    removeEventListener(_name, call) {
        this.#calls = this.#calls.filter((one) => one !== call)
    }
    throwIfAborted() {
        if (this.aborted) throw this.reason
    }
    static end(signal, reason = new DOMException('This operation was aborted', 'AbortError')) {
        if (signal.aborted) return
        signal.aborted = true
        signal.reason = reason
        for (const call of [signal.onabort, ...signal.#calls]) call?.({ type: 'abort', target: signal })
    }
    static abort(reason) {
        const signal = new AbortSignal()
        endSignal(signal, reason)
        return signal
    }
    static timeout(milliseconds) {
        const signal = new AbortSignal()
        setTimeout(() => endSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), milliseconds)
        return signal
    }
}
const endSignal = AbortSignal.end
delete AbortSignal.end
class AbortController {
    signal = new AbortSignal()
    abort(reason) {
        endSignal(this.signal, reason)
    }
}

const send = async (request) => {
    const reply = await wish('fetch', request)
    const content = reply.base64 ? base64Bytes(reply.body) : reply.body
    return new Response(content, reply)
}
const fetch = async (source, options = {}) => {
    const request = source instanceof Request ? source : {}
    const { body, base64, type } = bodyOf(options.body ?? request.sent)
    const headers = new Headers(options.headers ?? request.headers ?? {})
    if (type && !headers.has('content-type')) headers.set('content-type', type)
    const signal = options.signal ?? request.signal
    signal?.throwIfAborted?.()
    const answer = send({
        url: source instanceof Request ? source.url : text(source),
        method: text(options.method ?? request.method ?? 'GET').toUpperCase(),
        headers: Object.fromEntries(headers.entries()),
        body, base64,
        seconds: Number(options.timeout) > 0 ? Number(options.timeout) / 1000 : undefined
    })
    if (!signal?.addEventListener) return answer
    return Promise.race([answer, new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))])
}
offer({ fetch: (source, options) => fetch(source, options ?? {}), Headers, Request, Response, Blob, AbortController, AbortSignal })
