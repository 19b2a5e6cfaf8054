// URL and URLSearchParams after the standard (https://url.spec.whatwg.org), without internationalised host names.
const specialPorts = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' }
const percent = (bytes) => Array.from(bytes, (byte) => `%${hexDigits[byte].toUpperCase()}`).join('')
/** Percent-encode what is not plain ASCII, and what `set` matches. */
const encodeIn = (value, set) => {
    let result = ''
    for (const character of value) {
        result += character > '~' || character < '!' || set.test(character) ? percent(utf8Bytes(character)) : character
    }
    return result
}
const inFragment = /["<>`]/
const inQuery = /["#<>]/
const inSpecialQuery = /["#<>']/
const inPath = /["#<>?`{}^]/
const inUser = /["#<>?`{}/:;=@[\\\]^|]/
const inForm = /[^A-Za-z0-9*\-._]/
const formText = (value) => encodeIn(value, inForm).replace(/%20/g, '+')
const decodePercent = (value) => {
    if (!value.includes('%')) return value
    const bytes = utf8Bytes(value)
    const result = []
    for (let at = 0; at < bytes.length; at++) {
        const digits = bytes[at] === 37 ? String.fromCharCode(bytes[at + 1], bytes[at + 2]) : ''
        if (/^[0-9a-f]{2}$/i.test(digits)) {
            result.push(parseInt(digits, 16))
            at += 2
        } else result.push(bytes[at])
    }
    return utf8Text(Uint8Array.from(result))
}

const linked = new WeakMap()
class URLSearchParams {
    #pairs = []
    constructor(source = '') {
        if (typeof source === 'object' && source !== null) {
            const pairs = typeof source[Symbol.iterator] === 'function' ? [...source] : Object.entries(source)
            for (const pair of pairs) {
                const [name, value, ...rest] = pair
                if (value === undefined && !('1' in pair) || rest.length) throw new TypeError('Each query pair must be a [name, value] tuple')
                this.#pairs.push([text(name), text(value)])
            }
        } else this.#read(text(source))
    }
    #read(source) {
        this.#pairs = []
        for (const part of source.replace(/^\?/, '').split('&')) {
            if (!part) continue
            const [name, ...value] = part.split('=')
            this.#pairs.push([name, value.join('=')].map((one) => decodePercent(one.replace(/\+/g, ' '))))
        }
    }
    #changed() {
        linked.get(this)?.(this.toString())
    }
    static again(params, source) {
        params.#read(source)
    }
    append(name, value) {
        this.#pairs.push([text(name), text(value)])
        this.#changed()
    }
    delete(name, value) {
        this.#pairs = this.#pairs.filter((pair) => pair[0] !== text(name) || (value !== undefined && pair[1] !== text(value)))
        this.#changed()
    }
    get(name) {
        return this.#pairs.find((pair) => pair[0] === text(name))?.[1] ?? null
    }
    getAll(name) {
        return this.#pairs.filter((pair) => pair[0] === text(name)).map((pair) => pair[1])
    }
    has(name, value) {
        return this.#pairs.some((pair) => pair[0] === text(name) && (value === undefined || pair[1] === text(value)))
    }
    set(name, value) {
        const first = this.#pairs.find((pair) => pair[0] === text(name))
        if (first === undefined) return this.append(name, value)
        first[1] = text(value)
        this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== first[0])
        this.#changed()
    }
    sort() {
        this.#pairs.sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0))
        this.#changed()
    }
    forEach(call, self) {
        for (const [name, value] of this.#pairs) call.call(self, value, name, this)
    }
    get size() {
        return this.#pairs.length
    }
    *entries() {
        for (const pair of this.#pairs) yield [...pair]
    }
    *keys() {
        for (const pair of this.#pairs) yield pair[0]
    }
    *values() {
        for (const pair of this.#pairs) yield pair[1]
    }
    [Symbol.iterator]() {
        return this.entries()
    }
    toString() {
        return this.#pairs.map(([name, value]) => `${formText(name)}=${formText(value)}`).join('&')
    }
    get [Symbol.toStringTag]() {
        return 'URLSearchParams'
    }
}
const readAgain = URLSearchParams.again
delete URLSearchParams.again

const ipv4 = (host) => {
    const parts = host.replace(/\.$/, '').split('.')
    if (!/^(?:\d+|0x[0-9a-f]*)$/i.test(parts.at(-1))) return null
    const numbers = parts.map((part) => (/^0x[0-9a-f]*$/i.test(part) ? parseInt(part.slice(2) || '0', 16) : /^0[0-7]+$/.test(part) ? parseInt(part, 8) : /^\d+$/.test(part) ? Number(part) : NaN))
    const last = numbers.pop()
    if (numbers.length > 3 || numbers.some((one) => !(one < 256)) || !(last < 256 ** (4 - numbers.length))) return false
    const value = numbers.reduce((sum, one, at) => sum + one * 256 ** (3 - at), last)
    return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.')
}
const ipv6 = (source) => {
    let given = source
    const dotted = /(?<=:)\d+\.\d+\.\d+\.\d+$/.exec(given)
    if (dotted) {
        const four = dotted[0].split('.').map(Number)
        if (four.some((one) => one > 255)) return null
        given = given.slice(0, dotted.index) + `${((four[0] << 8) | four[1]).toString(16)}:${((four[2] << 8) | four[3]).toString(16)}`
    }
    const halves = given.split('::')
    if (halves.length > 2) return null
    const [head, tail] = halves.map((half) => (half ? half.split(':') : []))
    const missing = 8 - head.length - (tail?.length ?? 0)
    if (tail ? missing < 1 : missing !== 0) return null
    const groups = [...head, ...(tail ? Array(missing).fill('0') : []), ...(tail ?? [])]
    if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null
    const numbers = groups.map((group) => parseInt(group, 16).toString(16))
    const runs = [...numbers.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map((run) => run[0])
    const longest = runs.sort((one, other) => other.length - one.length)[0]
    return longest ? numbers.join(':').replace(longest, longest.startsWith(':') ? ':' : '::').replace(/^(:?)::?(?=.|$)/, '::').replace(/:::+/, '::') : numbers.join(':')
}
const hostOf = (source, special) => {
    if (source.startsWith('[')) {
        const address = source.endsWith(']') ? ipv6(source.slice(1, -1)) : null
        return address === null ? null : `[${address}]`
    }
    if (!special) return /[\0\t\n\r #/:<>?@[\\\]^|]/.test(source) ? null : encodeIn(source, /(?!)/)
    const host = decodePercent(source).toLowerCase()
    if (!host || /[\0-\x20"#%/:<>?@[\\\]^`{|}\x7f]/.test(host) || /[^\0-\x7f]/.test(host)) return null
    const address = ipv4(host)
    return address === false ? null : address ?? host
}
const pathOf = (source, special) => {
    const segments = []
    const parts = (special ? source.replace(/\\/g, '/') : source).replace(/^\//, '').split('/')
    parts.forEach((part, at) => {
        const dots = part.replace(/%2e/gi, '.')
        const last = at === parts.length - 1
        if (dots === '..') segments.pop()
        if (dots === '.' || dots === '..') last && segments.push('')
        else segments.push(encodeIn(part, inPath))
    })
    return `/${segments.join('/')}`
}

class URL {
    #parts
    #params
    constructor(source, base) {
        const against = base === undefined ? null : base instanceof URL ? base.#parts : URL.#read(text(base), null)
        const parts = against === null && base !== undefined ? null : URL.#read(text(source), against)
        if (parts === null) {
            throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: text(source) })
        }
        this.#parts = parts
        this.#params = new URLSearchParams(parts.search)
        linked.set(this.#params, (query) => {
            this.#parts.search = query && `?${query}`
            this.#parts.bareQuery = false
        })
    }
    static canParse(source, base) {
        try {
            return Boolean(new URL(source, base))
        } catch {
            return false
        }
    }
    static #read(given, base) {
        let rest = given.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '').replace(/[\t\n\r]/g, '')
        const parts = { protocol: '', username: '', password: '', hostname: '', port: '', pathname: '', search: '', hash: '' }
        const cut = (mark) => {
            const at = rest.indexOf(mark)
            const end = at < 0 ? '' : rest.slice(at + 1)
            if (at >= 0) rest = rest.slice(0, at)
            return at < 0 ? null : end
        }
        const fragment = cut('#')
        parts.bareHash = fragment === ''
        if (fragment) parts.hash = `#${encodeIn(fragment, inFragment)}`
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(rest)
        let relative = base
        if (scheme) {
            parts.protocol = scheme[0].toLowerCase()
            rest = rest.slice(scheme[0].length)
            relative = base && parts.protocol === base.protocol && parts.protocol in specialPorts && !/^[/\\]{2}/.test(rest) ? base : null
        } else if (base === null) return null
        else parts.protocol = base.protocol
        const special = parts.protocol in specialPorts
        const query = cut('?')
        parts.bareQuery = query === ''
        if (query) parts.search = `?${encodeIn(query, special ? inSpecialQuery : inQuery)}`
        if (special) rest = rest.replace(/\\/g, '/')
        if (relative && !rest.startsWith('//')) return URL.#within(parts, rest, query, relative, special)
        if (!special && !rest.startsWith('/')) {
            parts.pathname = rest.replace(/[^ -~]/gu, (character) => percent(utf8Bytes(character)))
            parts.opaque = true
            return parts
        }
        if (special && parts.protocol !== 'file:') rest = rest.replace(/^\/*/, '//')
        if (rest.startsWith('//')) {
            rest = rest.slice(2)
            const at = rest.indexOf('/')
            if (!URL.#authority(parts, at < 0 ? rest : rest.slice(0, at), special)) return null
            rest = at < 0 ? '' : rest.slice(at)
        } else parts.noHost = true
        parts.pathname = rest || special ? pathOf(rest, special) : ''
        return parts
    }
    static #within(parts, rest, query, base, special) {
        for (const name of ['username', 'password', 'hostname', 'port', 'noHost', 'opaque']) parts[name] = base[name]
        if (base.opaque && (rest || query !== null)) return null
        if (!rest) {
            parts.pathname = base.pathname
            if (query === null) parts.search = base.search
        } else if (rest.startsWith('/')) parts.pathname = pathOf(rest, special)
        else parts.pathname = pathOf(base.pathname.replace(/[^/]*$/, '') + rest, special)
        return parts
    }
    static #authority(parts, source, special) {
        const at = source.lastIndexOf('@')
        if (at >= 0) {
            const [user, ...password] = source.slice(0, at).split(':')
            parts.username = encodeIn(user, inUser)
            parts.password = encodeIn(password.join(':'), inUser)
        }
        const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(source.slice(at + 1)) ?? []
        if (host === undefined || (port && (!/^\d+$/.test(port) || Number(port) > 65535))) return false
        if (!host && !(parts.protocol === 'file:' || (!special && at < 0 && !port))) return false
        const name = host ? hostOf(host, special) : ''
        if (name === null) return false
        parts.hostname = name
        parts.port = port && text(Number(port)) !== specialPorts[parts.protocol] ? text(Number(port)) : ''
        return true
    }
    get href() {
        const { protocol, username, password, hostname, port, pathname, search, hash, opaque, noHost } = this.#parts
        const user = username || password ? `${username}${password && `:${password}`}@` : ''
        const place = opaque || noHost ? (!opaque && protocol === 'file:' ? '//' : '') : `//${user}${hostname}${port && `:${port}`}`
        const end = `${search || (this.#parts.bareQuery ? '?' : '')}${hash || (this.#parts.bareHash ? '#' : '')}`
        return `${protocol}${place}${pathname}${end}`
    }
    set href(value) {
        const other = new URL(value)
        this.#parts = other.#parts
        readAgain(this.#params, this.#parts.search)
    }
    get origin() {
        return this.protocol in specialPorts && this.protocol !== 'file:' ? `${this.protocol}//${this.host}` : 'null'
    }
    get protocol() {
        return this.#parts.protocol
    }
    set protocol(value) {
        const name = /^([a-z][a-z0-9+.-]*)/i.exec(value)?.[1]
        if (name && `${name.toLowerCase()}:` in specialPorts === this.protocol in specialPorts) this.#parts.protocol = `${name.toLowerCase()}:`
        if (this.#parts.port === specialPorts[this.protocol]) this.#parts.port = ''
    }
    get host() {
        return this.#parts.hostname + (this.#parts.port && `:${this.#parts.port}`)
    }
    set host(value) {
        const changed = { ...this.#parts }
        if (!this.#parts.opaque && URL.#authority(changed, text(value).replace(/.*@/, ''), this.protocol in specialPorts)) {
            if (!text(value).includes(':')) changed.port = this.#parts.port
            this.#parts = { ...changed, username: this.#parts.username, password: this.#parts.password }
        }
    }
    get hostname() {
        return this.#parts.hostname
    }
    set hostname(value) {
        const name = hostOf(text(value), this.protocol in specialPorts)
        if (name && !this.#parts.opaque) this.#parts.hostname = name
    }
    get port() {
        return this.#parts.port
    }
    set port(value) {
        const digits = /^\d*/.exec(text(value))[0]
        if (Number(digits) <= 65535) this.#parts.port = digits === specialPorts[this.protocol] ? '' : digits && text(Number(digits))
    }
    get username() {
        return this.#parts.username
    }
    set username(value) {
        this.#parts.username = encodeIn(text(value), inUser)
    }
    get password() {
        return this.#parts.password
    }
    set password(value) {
        this.#parts.password = encodeIn(text(value), inUser)
    }
    get pathname() {
        return this.#parts.pathname
    }
    set pathname(value) {
        if (!this.#parts.opaque) this.#parts.pathname = pathOf(text(value).replace(/[?#]/g, (mark) => percent(utf8Bytes(mark))), this.protocol in specialPorts)
    }
    get search() {
        return this.#parts.search
    }
    set search(value) {
        const query = text(value).replace(/^\?/, '')
        this.#parts.bareQuery = text(value) === '?'
        this.#parts.search = query && `?${encodeIn(query, this.protocol in specialPorts ? inSpecialQuery : inQuery)}`
        readAgain(this.#params, this.#parts.search)
    }
    get searchParams() {
        return this.#params
    }
    get hash() {
        return this.#parts.hash
    }
    set hash(value) {
        const fragment = text(value).replace(/^#/, '')
        this.#parts.bareHash = text(value) === '#'
        this.#parts.hash = fragment && `#${encodeIn(fragment, inFragment)}`
    }
    toString() {
        return this.href
    }
    toJSON() {
        return this.href
    }
    get [Symbol.toStringTag]() {
        return 'URL'
    }
}
offer({ URL, URLSearchParams })
