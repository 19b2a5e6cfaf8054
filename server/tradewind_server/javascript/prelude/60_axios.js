// axios, as far as functions of chatflows use it: the methods, instances with defaults, parameters, JSON, errors by status.
class AxiosError extends Error {
    constructor(message, code, config, request, response) {
        super(message)
        this.name = 'AxiosError'
        this.isAxiosError = true
        Object.assign(this, { code, config, request, response, status: response?.status })
    }
    toJSON() {
        return { message: this.message, name: this.name, code: this.code, status: this.status }
    }
}

const queryOf = (params, serialize) => {
    if (params === undefined || params === null) return ''
    if (typeof serialize === 'function') return serialize(params)
    if (params instanceof URLSearchParams) return params.toString()
    const pairs = []
    const plain = (value) => encodeURIComponent(value).replace(/%3A/gi, ':').replace(/%24/g, '$').replace(/%2C/gi, ',').replace(/%20/g, '+')
    const add = (name, value) => {
        if (value === null || value === undefined) return
        if (Array.isArray(value)) value.forEach((one) => add(`${name}[]`, one))
        else if (value instanceof Date) pairs.push([name, value.toISOString()])
        else if (typeof value === 'object') for (const [key, one] of Object.entries(value)) add(`${name}[${key}]`, one)
        else pairs.push([name, value])
    }
    for (const [name, value] of Object.entries(params)) add(name, value)
    return pairs.map(([name, value]) => `${plain(name)}=${plain(text(value))}`).join('&')
}

const axiosAddress = ({ url = '', baseURL, params, paramsSerializer }) => {
    const whole = baseURL && !/^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(url) ? `${baseURL.replace(/\/+$/, '')}${url && `/${url.replace(/^\/+/, '')}`}` : url
    const query = queryOf(params, paramsSerializer?.serialize ?? paramsSerializer)
    return query ? `${whole.replace(/#.*/, '')}${whole.includes('?') ? '&' : '?'}${query}` : whole
}

const axiosBody = (data, headers) => {
    if (data === undefined || data === null || typeof data === 'string') return data ?? undefined
    if (data instanceof URLSearchParams || data instanceof Blob || data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return data
    if ((headers.get('content-type') ?? '').includes('x-www-form-urlencoded')) return new URLSearchParams(data)
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    return stringify(data)
}

const axiosData = async (response, type) => {
    if (type === 'arraybuffer') return response.buffer()
    if (type === 'blob') return response.blob()
    const body = await response.text()
    if (type === 'text') return body
    try {
        return parse(body)
    } catch {
        return body
    }
}

const axiosCall = async (config) => {
    const method = text(config.method ?? 'get').toLowerCase()
    const given = config.headers ?? {}
    const headers = new Headers({ accept: 'application/json, text/plain, */*' })
    for (const source of [given.common, given[method], given]) {
        for (const [name, value] of Object.entries(source instanceof Headers ? Object.fromEntries(source) : source ?? {})) {
            if (typeof value !== 'object' && value !== undefined) headers.set(name, value)
        }
    }
    if (config.auth) headers.set('authorization', `Basic ${base64Of(utf8Bytes(`${config.auth.username ?? ''}:${config.auth.password ?? ''}`))}`)
    const body = ['get', 'head', 'delete'].includes(method) && config.data === undefined ? undefined : axiosBody(config.data, headers)
    let response
    try {
        response = await fetch(axiosAddress(config), { method, headers, body, signal: config.signal, timeout: config.timeout })
    } catch (error) {
        const aborted = error?.name === 'AbortError'
        throw new AxiosError(aborted ? 'canceled' : text(error?.message ?? error), aborted ? 'ERR_CANCELED' : 'ERR_NETWORK', config, {})
    }
    const result = {
        data: await axiosData(response, config.responseType),
        status: response.status,
        statusText: response.statusText,
        headers: Object.fromEntries(response.headers.entries()),
        config: { ...config, headers: Object.fromEntries(headers.entries()) },
        request: {}
    }
    const fine = config.validateStatus === undefined ? response.ok : config.validateStatus?.(response.status) ?? true
    if (fine) return result
    const code = response.status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE'
    throw new AxiosError(`Request failed with status code ${response.status}`, code, config, {}, result)
}

const axiosWith = (defaults) => {
    const before = []
    const after = []
    const joined = (own) => ({ ...instance.defaults, ...own, headers: { ...instance.defaults.headers, ...own.headers } })
    const instance = (first, second = {}) => {
        let flow = Promise.resolve(joined(typeof first === 'string' ? { ...second, url: first } : first ?? {}))
        for (const [good, bad] of [...before, [axiosCall], ...after]) flow = flow.then(good, bad)
        return flow
    }
    const use = (list) => ({
        use: (good, bad) => list.push([good, bad]) - 1,
        eject: (at) => {
            list[at] = []
        }
    })
    instance.defaults = defaults
    instance.interceptors = { request: use(before), response: use(after) }
    instance.request = (config) => instance(config)
    instance.getUri = (config = {}) => axiosAddress(joined(config))
    for (const method of ['get', 'delete', 'head']) instance[method] = (url, config = {}) => instance({ ...config, method, url })
    for (const method of ['post', 'put', 'patch']) instance[method] = (url, data, config = {}) => instance({ ...config, method, url, data })
    return instance
}
const axios = axiosWith({ headers: { common: {} } })
axios.create = (config = {}) => axiosWith({ ...axios.defaults, ...config, headers: { ...axios.defaults.headers, ...config.headers } })
axios.isAxiosError = (error) => error?.isAxiosError === true
axios.isCancel = (error) => error?.code === 'ERR_CANCELED'
axios.all = (list) => Promise.all(list)
axios.spread = (call) => (list) => call(...list)
axios.AxiosError = AxiosError
axios.default = axios
offer({ axios })
