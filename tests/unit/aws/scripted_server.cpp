#include "scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace evenkeel::aws {
namespace {

// One connection, encrypted or not.
class Wire {
 public:
  Wire(int socket, SSL_CTX* context) : socket_(socket) {
    if (context == nullptr) return;
    ssl_ = SSL_new(context);
    SSL_set_fd(ssl_, socket);
    is_open_ = SSL_accept(ssl_) == 1;
  }
  ~Wire() {
    if (ssl_ != nullptr) SSL_free(ssl_);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool is_open() const { return is_open_; }
  long Read(char* bytes, int size) { return ssl_ != nullptr ? SSL_read(ssl_, bytes, size) : recv(socket_, bytes, static_cast<std::size_t>(size), 0); }
  void Write(const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t size = std::min<std::size_t>(bytes.size() - at, 1u << 16);
      const long wrote = ssl_ != nullptr ? SSL_write(ssl_, bytes.data() + at, static_cast<int>(size)) : send(socket_, bytes.data() + at, size, MSG_NOSIGNAL);
      if (wrote <= 0) return;
      at += static_cast<std::size_t>(wrote);
    }
  }

 private:
  int socket_;
  SSL* ssl_ = nullptr;
  bool is_open_ = true;
};

// The bytes of the first whole request in `text`; 0: more must come.
std::size_t WholeRequest(const std::string& text) {
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  const std::size_t length = text.find("Content-Length: ");
  const std::size_t body = length < end ? std::strtoul(text.c_str() + length + 16, nullptr, 10) : 0;
  return text.size() >= end + 4 + body ? end + 4 + body : 0;
}

}  // namespace

ScriptedReply Answer(int status, const std::string& body, const std::string& headers) {
  return {"HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body};
}

ServerCertificate::ServerCertificate(const std::string& name) : context_(SSL_CTX_new(TLS_server_method())) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  const std::string names = (name == "127.0.0.1" ? "IP:" : "DNS:") + name;
  for (const auto& [id, value] : {std::pair(NID_subject_alt_name, names.c_str()), std::pair(NID_basic_constraints, "critical,CA:TRUE")}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(certificate, key, EVP_sha256());
  SSL_CTX_use_certificate(context_.get(), certificate);
  SSL_CTX_use_PrivateKey(context_.get(), key);
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(out, certificate);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out, &text);
  pem_.assign(text, static_cast<std::size_t>(size));
  BIO_free(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

ScriptedServer::ScriptedServer(Script script, const ServerCertificate* certificate) : script_(std::move(script)), certificate_(certificate) {
  std::signal(SIGPIPE, SIG_IGN);  // libssl writes to sockets that the client has closed
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  stop_ = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  for (const int socket : sockets_) close(socket);
  close(listener_);
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void ScriptedServer::Accept() {
  while (!stop_) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections_;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket] { Serve(socket); });
  }
}

void ScriptedServer::Serve(int socket) {
  Wire wire(socket, certificate_ == nullptr ? nullptr : certificate_->context());
  std::string pending;
  for (char bytes[16384]; wire.is_open();) {
    std::size_t whole = WholeRequest(pending);
    if (whole == 0) {
      const long got = wire.Read(bytes, sizeof bytes);
      if (got <= 0) break;
      pending.append(bytes, static_cast<std::size_t>(got));
      continue;
    }
    const std::string request = pending.substr(0, whole);
    pending.erase(0, whole);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      busy_most_ = std::max<int>(busy_most_, ++busy_);
    }
    const ScriptedReply reply = script_(request);
    for (auto left = reply.delay; left.count() > 0 && !stop_; left -= std::chrono::milliseconds(10)) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    --busy_;
    wire.Write(reply.bytes);
    if (reply.then_close) break;
  }
  shutdown(socket, SHUT_RDWR);
}

}  // namespace evenkeel::aws
