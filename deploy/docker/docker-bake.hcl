# Both images for both architectures, with labels, provenance and a bill of materials:
#   VERSION=0.1.0 REVISION=$(git rev-parse HEAD) docker buildx bake -f deploy/docker/docker-bake.hcl --push
variable "REGISTRY" { default = "registry.example/tradewind" }
variable "VERSION" { default = "0.1.0" }
variable "REVISION" { default = "unknown" }
variable "CREATED" { default = "1970-01-01T00:00:00Z" }
variable "PYTHON_TAG" { default = "3.12-slim-bookworm" }
# "@sha256:…", from: docker buildx imagetools inspect python:3.12-slim-bookworm
variable "BASE_DIGEST" { default = "" }
variable "CHAT_MODEL" { default = "qwen2.5-0.5b" }

group "default" { targets = ["server", "models"] }

target "common" {
  context    = "."
  dockerfile = "deploy/docker/Dockerfile"
  platforms  = ["linux/amd64", "linux/arm64"]
  args = {
    PYTHON_TAG  = PYTHON_TAG
    BASE_DIGEST = BASE_DIGEST
    VERSION     = VERSION
    REVISION    = REVISION
    CREATED     = CREATED
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "server" {
  inherits = ["common"]
  target   = "server"
  tags     = ["${REGISTRY}:${VERSION}"]
}

target "models" {
  inherits = ["common"]
  target   = "models"
  args     = { CHAT_MODEL = CHAT_MODEL }
  tags     = ["${REGISTRY}:${VERSION}-models"]
}
